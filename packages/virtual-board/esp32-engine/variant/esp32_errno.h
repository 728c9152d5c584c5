// Error numbers of the ESP32's C library (newlib) in place of Linux's, in everything that a program sees: the errno
// module, OSError and what the socket layer hands to mbedTLS.
#ifndef WIREWRAP_ESP32_ERRNO_H
#define WIREWRAP_ESP32_ERRNO_H

#include <errno.h>

enum {
    LINUX_EADDRINUSE = EADDRINUSE,
    LINUX_EADDRNOTAVAIL = EADDRNOTAVAIL,
    LINUX_EAFNOSUPPORT = EAFNOSUPPORT,
    LINUX_EALREADY = EALREADY,
    LINUX_ECONNABORTED = ECONNABORTED,
    LINUX_EDESTADDRREQ = EDESTADDRREQ,
    LINUX_EHOSTDOWN = EHOSTDOWN,
    LINUX_EHOSTUNREACH = EHOSTUNREACH,
    LINUX_EINPROGRESS = EINPROGRESS,
    LINUX_EISCONN = EISCONN,
    LINUX_EMSGSIZE = EMSGSIZE,
    LINUX_ENETDOWN = ENETDOWN,
    LINUX_ENETUNREACH = ENETUNREACH,
    LINUX_ENOPROTOOPT = ENOPROTOOPT,
    LINUX_ENOTCONN = ENOTCONN,
    LINUX_ENOTSOCK = ENOTSOCK,
    LINUX_EPROTONOSUPPORT = EPROTONOSUPPORT,
    LINUX_EPROTOTYPE = EPROTOTYPE,
    LINUX_ETIMEDOUT = ETIMEDOUT,
};

#undef EADDRINUSE
#undef EADDRNOTAVAIL
#undef EAFNOSUPPORT
#undef EALREADY
#undef ECONNABORTED
#undef EDESTADDRREQ
#undef EHOSTDOWN
#undef EHOSTUNREACH
#undef EINPROGRESS
#undef EISCONN
#undef EMSGSIZE
#undef ENETDOWN
#undef ENETUNREACH
#undef ENOPROTOOPT
#undef ENOTCONN
#undef ENOTSOCK
#undef EPROTONOSUPPORT
#undef EPROTOTYPE
#undef ETIMEDOUT

#define EADDRINUSE 112
#define EADDRNOTAVAIL 125
#define EAFNOSUPPORT 106
#define EALREADY 120
#define ECONNABORTED 113
#define EDESTADDRREQ 121
#define EHOSTDOWN 117
#define EHOSTUNREACH 118
#define EINPROGRESS 119
#define EISCONN 127
#define EMSGSIZE 122
#define ENETDOWN 115
#define ENETUNREACH 114
#define ENOPROTOOPT 109
#define ENOTCONN 128
#define ENOTSOCK 108
#define EPROTONOSUPPORT 123
#define EPROTOTYPE 107
#define ETIMEDOUT 116

static inline int wirewrap_esp32_errno(int number) {
    switch (number) {
        case LINUX_EADDRINUSE: return EADDRINUSE;
        case LINUX_EADDRNOTAVAIL: return EADDRNOTAVAIL;
        case LINUX_EAFNOSUPPORT: return EAFNOSUPPORT;
        case LINUX_EALREADY: return EALREADY;
        case LINUX_ECONNABORTED: return ECONNABORTED;
        case LINUX_EDESTADDRREQ: return EDESTADDRREQ;
        case LINUX_EHOSTDOWN: return EHOSTDOWN;
        case LINUX_EHOSTUNREACH: return EHOSTUNREACH;
        case LINUX_EINPROGRESS: return EINPROGRESS;
        case LINUX_EISCONN: return EISCONN;
        case LINUX_EMSGSIZE: return EMSGSIZE;
        case LINUX_ENETDOWN: return ENETDOWN;
        case LINUX_ENETUNREACH: return ENETUNREACH;
        case LINUX_ENOPROTOOPT: return ENOPROTOOPT;
        case LINUX_ENOTCONN: return ENOTCONN;
        case LINUX_ENOTSOCK: return ENOTSOCK;
        case LINUX_EPROTONOSUPPORT: return EPROTONOSUPPORT;
        case LINUX_EPROTOTYPE: return EPROTOTYPE;
        case LINUX_ETIMEDOUT: return ETIMEDOUT;
        default: return number;
    }
}

// Files that only read errno read the boards' numbers.
#ifdef WIREWRAP_READS_ERRNO
#undef errno
#define errno (wirewrap_esp32_errno(*__errno_location()))
#endif

#endif
