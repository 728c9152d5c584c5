#include <stdbool.h>

// A connected socket on which the handshake of WebSocket is done: what accept_conn() of webrepl.py has at that point.
#define WEBREPL_FD (3)

void webrepl_start(const char *password);
bool webrepl_is_connected(void);
