// Loaded before the C library (LD_PRELOAD): lets chosen allocations of the TLS library fail, as they do on a chip that is
// out of memory. Allocations of anybody else are not counted and do not fail.
//
//   WIREWRAP_FAIL_FROM, WIREWRAP_FAIL_TO   numbers of the allocations that fail, the process's first one is 1
//   WIREWRAP_TLS_OBJECT                    name of the file that holds the TLS library; default: any libmbed*
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_calloc(size_t count, size_t size);

static unsigned long from, to, number;
static const char *tls_object;
static int is_set_up;

// Not strtoul: its symbol is another one in a new C library, and this object has to load with an older one too.
static unsigned long number_of(const char *name) {
    const char *text = getenv(name);
    unsigned long value = 0;
    while (text && *text >= '0' && *text <= '9') {
        value = value * 10 + (unsigned long)(*text++ - '0');
    }
    return value;
}

static int is_tls(const void *caller) {
    Dl_info place;
    if (!dladdr(caller, &place) || !place.dli_fname) {
        return 0;
    }
    const char *slash = strrchr(place.dli_fname, '/');
    const char *file = slash ? slash + 1 : place.dli_fname;
    return tls_object ? strcmp(file, tls_object) == 0 : strncmp(file, "libmbed", 7) == 0;
}

void *calloc(size_t count, size_t size) {
    if (!is_set_up) {
        is_set_up = 1;
        from = number_of("WIREWRAP_FAIL_FROM");
        to = number_of("WIREWRAP_FAIL_TO");
        tls_object = getenv("WIREWRAP_TLS_OBJECT");
    }
    if (from && is_tls(__builtin_return_address(0))) {
        number++;
        if (number >= from && number <= to) {
            return NULL;
        }
    }
    return __libc_calloc(count, size);
}
