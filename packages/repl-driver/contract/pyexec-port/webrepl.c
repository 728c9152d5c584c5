// What webrepl.py does once a connection is there: websocket and _webrepl, which are MicroPython's own C, as a second terminal.
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "py/builtin.h"
#include "py/runtime.h"
#include "py/stream.h"
#include "webrepl.h"

static mp_uint_t socket_read(mp_obj_t self, void *buffer, mp_uint_t size, int *error) {
    ssize_t n = read(WEBREPL_FD, buffer, size);
    if (n < 0) {
        *error = errno;
        return MP_STREAM_ERROR;
    }
    return n;
}

// websocket makes its socket block while it writes (its BLOCKING_WRITE).
static mp_uint_t socket_write(mp_obj_t self, const void *buffer, mp_uint_t size, int *error) {
    for (;;) {
        ssize_t n = write(WEBREPL_FD, buffer, size);
        if (n >= 0) {
            return n;
        }
        if (errno != EAGAIN) {
            *error = errno;
            return MP_STREAM_ERROR;
        }
        struct pollfd socket = {.fd = WEBREPL_FD, .events = POLLOUT};
        poll(&socket, 1, -1);
    }
}

static mp_uint_t socket_ioctl(mp_obj_t self, mp_uint_t request, uintptr_t arg, int *error) {
    if (request == MP_STREAM_CLOSE) {
        close(WEBREPL_FD);
    }
    return 0;
}

static mp_obj_t socket_setblocking(mp_obj_t self, mp_obj_t blocking) {
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(socket_setblocking_obj, socket_setblocking);

static const mp_rom_map_elem_t socket_locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_setblocking), MP_ROM_PTR(&socket_setblocking_obj)},
};
static MP_DEFINE_CONST_DICT(socket_locals, socket_locals_table);
static const mp_stream_p_t socket_stream = {.read = socket_read, .write = socket_write, .ioctl = socket_ioctl};
static MP_DEFINE_CONST_OBJ_TYPE(socket_type, MP_QSTR_socket, MP_TYPE_FLAG_NONE, protocol, &socket_stream, locals_dict, &socket_locals);
static const mp_obj_base_t socket_object = {&socket_type};

static mp_obj_t attribute_of(qstr module, qstr name) {
    return mp_load_attr(mp_import_name(module, mp_const_none, MP_OBJ_NEW_SMALL_INT(0)), name);
}

void webrepl_start(const char *password) {
    mp_call_function_1(attribute_of(MP_QSTR__webrepl, MP_QSTR_password), mp_obj_new_str(password, strlen(password)));
    mp_obj_t socket = mp_call_function_2(attribute_of(MP_QSTR_websocket, MP_QSTR_websocket), MP_OBJ_FROM_PTR(&socket_object), mp_const_true);
    MP_STATE_VM(dupterm_objs[0]) = mp_call_function_1(attribute_of(MP_QSTR__webrepl, MP_QSTR__webrepl), socket);
}

bool webrepl_is_connected(void) {
    return MP_STATE_VM(dupterm_objs[0]) != MP_OBJ_NULL;
}
