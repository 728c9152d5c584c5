# Where a Ctrl-C goes in. Debian's unix port raises KeyboardInterrupt from its signal handler, in the middle of anything:
# the garbage collector stays locked, littlefs is left half-way. A board marks it as pending, and the interpreter raises
# it between two instructions. So the host writes the mark itself (MP_STATE_MAIN_THREAD(mp_pending_exception), by
# /proc/PID/mem) and wakes a system call that blocks by SIGUSR1, whose handler does nothing.
import ffi
import struct
import sys
import uctypes

# Taken before a program runs, which may replace the built-ins.
KeyboardInterrupt, globals, id, len, range = KeyboardInterrupt, globals, id, len, range

_SIGINT = 2
_SIGUSR1 = 10


def _self_interrupt(libc):
    try:
        libc.func("i", "raise", "i")(_SIGINT)
        for _ in range(1000):
            pass
    except KeyboardInterrupt as error:
        return id(error)


def _write(address, value):
    uctypes.bytearray_at(address, 8)[:] = struct.pack("<Q", value)


def _works(slot, exception):
    try:
        _write(slot, exception)
        for _ in range(1000):
            pass
    except KeyboardInterrupt:
        return True
    return False


def find(names):
    # Addresses of the mark and of the exception, or None. `names` are the locals of the module that asks: the thread's
    # state holds locals and globals side by side, the mark three words after (py/mpstate.h), all before the exception.
    if sys.maxsize < 2**32 or sys.byteorder != "little":
        return None
    libc = ffi.open(None)
    exception = _self_interrupt(libc)
    if not exception:
        return None
    start = exception - 1024
    words = struct.unpack("<128Q", uctypes.bytearray_at(start, 1024))
    # Inside this function the globals are this module's.
    found = [i for i in range(127) if words[i] == id(names) and words[i + 1] == id(globals())]
    if len(found) != 1 or found[0] > 122:
        return None
    slot = start + 8 * (found[0] + 1 + 3)
    if words[found[0] + 4] or not _works(slot, exception):
        return None
    libc.func("P", "signal", "iP")(_SIGUSR1, libc.addr("abs"))
    libc.func("i", "siginterrupt", "ii")(_SIGUSR1, 1)
    return slot, exception
