// A clock that a program can set, as a board's, without touching this machine's: everything that tells the date in this
// process adds `offset_s` to the machine's clock.
#include <sys/time.h>
#include <time.h>

#include "py/obj.h"
#include "py/runtime.h"

static time_t offset_s = 0;

int __real_gettimeofday(struct timeval *out, void *zone);
int __real_clock_gettime(clockid_t clock, struct timespec *out);
int __wrap_gettimeofday(struct timeval *out, void *zone);
int __wrap_clock_gettime(clockid_t clock, struct timespec *out);
time_t __real_time(time_t *out);
time_t __wrap_time(time_t *out);

int __wrap_gettimeofday(struct timeval *out, void *zone) {
    int result = __real_gettimeofday(out, zone);
    out->tv_sec += offset_s;
    return result;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *out) {
    int result = __real_clock_gettime(clock, out);
    if (clock == CLOCK_REALTIME) {
        out->tv_sec += offset_s;
    }
    return result;
}

// mbedTLS and the time module ask here.
time_t __wrap_time(time_t *out) {
    time_t now = __real_time(NULL) + offset_s;
    if (out != NULL) {
        *out = now;
    }
    return now;
}

// set(seconds since 1970)
static mp_obj_t clock_set(mp_obj_t seconds) {
    offset_s = (time_t)mp_obj_get_int(seconds) - __real_time(NULL);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(clock_set_obj, clock_set);

static const mp_rom_map_elem_t clock_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__wirewrap_clock) },
    { MP_ROM_QSTR(MP_QSTR_set), MP_ROM_PTR(&clock_set_obj) },
};
static MP_DEFINE_CONST_DICT(clock_globals, clock_globals_table);

const mp_obj_module_t wirewrap_clock_module = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&clock_globals,
};
MP_REGISTER_MODULE(MP_QSTR__wirewrap_clock, wirewrap_clock_module);
