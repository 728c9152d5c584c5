#include <stdlib.h>
#include <unistd.h>

#include "py/builtin.h"
#include "py/compile.h"
#include "py/gc.h"
#include "py/mperrno.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stackctrl.h"
#include "shared/runtime/gchelper.h"
#include "shared/runtime/pyexec.h"
#include "webrepl.h"

// Bytes of heap, unless the first argument says otherwise. The second is a password: the terminal is WebREPL then.
#define HEAP_BYTES (256 * 1024)

static mp_obj_t machine_soft_reset(void) {
    mp_raise_type(&mp_type_SystemExit);
}
static MP_DEFINE_CONST_FUN_OBJ_0(machine_soft_reset_obj, machine_soft_reset);

static const mp_rom_map_elem_t machine_globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_machine)},
    {MP_ROM_QSTR(MP_QSTR_soft_reset), MP_ROM_PTR(&machine_soft_reset_obj)},
};
static MP_DEFINE_CONST_DICT(machine_globals, machine_globals_table);
const mp_obj_module_t machine_module = {{&mp_type_module}, (mp_obj_dict_t *)&machine_globals};
MP_REGISTER_MODULE(MP_QSTR_machine, machine_module);

// As ports/esp32/main.c: the REPL until it wants to end, then a new interpreter.
int main(int argc, char **argv) {
    size_t heap_bytes = argc > 1 ? strtoul(argv[1], NULL, 10) : HEAP_BYTES;
    char *heap = malloc(heap_bytes);
    mp_stack_ctrl_init();
    for (;;) {
        mp_stack_set_limit(64 * 1024);
        gc_init(heap, heap + heap_bytes);
        mp_init();
        if (argc > 2) {
            webrepl_start(argv[2]);
        }
        while ((pyexec_mode_kind == PYEXEC_MODE_RAW_REPL ? pyexec_raw_repl() : pyexec_friendly_repl()) == 0) {
        }
        mp_hal_stdout_tx_str("MPY: soft reboot\r\n");
        if (argc > 2) {
            return 0; // a board closes its sockets here, and its boot.py starts WebREPL again
        }
        gc_sweep_all();
        mp_deinit();
    }
}

void gc_collect(void) {
    gc_collect_start();
    gc_helper_collect_regs_and_stack();
    gc_collect_end();
}

void nlr_jump_fail(void *value) {
    abort();
}
