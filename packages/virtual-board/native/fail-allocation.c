// Loaded before the C library (LD_PRELOAD): counts what the TLS library allocates, and lets chosen allocations of it fail,
// as they do on a chip that is out of memory. Allocations of anybody else are not counted and do not fail.
//
//   WIREWRAP_FAIL_FROM, WIREWRAP_FAIL_TO   numbers of the allocations that fail, the process's first one is 1
//   WIREWRAP_TLS_HEAP                      bytes that the library may hold at a time; unset: no limit
//   WIREWRAP_TLS_OBJECT                    name of the file that holds the TLS library; default: any libmbed*
//
// The functions wirewrap_tls_* change and tell the same while the interpreter runs.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_calloc(size_t count, size_t size);
extern void __libc_free(void *block);

static unsigned long from, to, number, limit, held, most;
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

static void set_up(void) {
    is_set_up = 1;
    from = number_of("WIREWRAP_FAIL_FROM");
    to = number_of("WIREWRAP_FAIL_TO");
    limit = number_of("WIREWRAP_TLS_HEAP");
    tls_object = getenv("WIREWRAP_TLS_OBJECT");
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
        set_up();
    }
    if (!is_tls(__builtin_return_address(0))) {
        return __libc_calloc(count, size);
    }
    number++;
    if (from && number >= from && number <= to) {
        return NULL;
    }
    if (limit && held + count * size > limit) {
        return NULL;
    }
    void *block = __libc_calloc(count, size);
    held += block ? malloc_usable_size(block) : 0;
    most = held > most ? held : most;
    return block;
}

void free(void *block) {
    if (block && is_set_up && held && is_tls(__builtin_return_address(0))) {
        size_t size = malloc_usable_size(block);
        held -= size < held ? size : held;
    }
    __libc_free(block);
}

// Bytes that may be held at a time, 0 for no limit.
void wirewrap_tls_limit(unsigned long bytes) {
    limit = bytes;
}

// The allocations that fail, the next one is 1; 0 for none. The most that was held is forgotten.
void wirewrap_tls_fail(unsigned long first, unsigned long last) {
    from = first;
    to = last;
    number = 0;
    most = held;
}

// 0: allocations so far, 1: bytes held, 2: the most that were held.
unsigned long wirewrap_tls_count(int what) {
    return what == 0 ? number : what == 1 ? held : most;
}
