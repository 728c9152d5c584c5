# Raw REPL and raw-paste, byte for byte as shared/runtime/pyexec.c of the boards.
import wirewrap_early as early
import wirewrap_link as link
import wirewrap_run as run

WINDOW = 128
IDLE_MS = 25
_BANNER = b"raw REPL; CTRL-B to exit\r\n"


def _out(data):
    link.send_bytes(data)


def repl():
    # True: reboot. False: Ctrl-B, friendly REPL.
    _out(_BANNER + b">")
    parts = []
    while True:
        data = link.read(256, link.CONTROL)
        if not data:
            continue
        c = data[-1]
        if c > 5 or c == 5 or c == 0:
            parts.append(data)
            continue
        if len(data) > 1:
            parts.append(data[:-1])
        if c == 1:
            line = b"".join(parts)
            parts = []
            if len(line) == 2 and line[0] == 5:
                if _paste(line[1]):
                    return True
                _out(b">")
            else:
                _out(_BANNER + b">")
        elif c == 2:
            _out(b"\r\n")
            return False
        elif c == 3:
            parts = []
        else:
            if not any(parts):
                _out(b"OK\r\n")
                return True
            _out(b"OK")
            function, error = _code(parts)
            parts = []
            if run.execute(function, error, True):
                return True
            _out(b">")


def _paste(command):
    if command != 65:
        _out(b"R\x00")
        return False
    _out(b"R\x01" + bytes((WINDOW & 255, WINDOW >> 8, 1)))
    parts = []
    try:
        end, error = _receive(parts)
    except MemoryError as caught:
        parts.clear()
        _abort(b"")
        return run.execute(None, caught, True)
    if end == 3:
        error = KeyboardInterrupt()
    if error is not None:
        return run.execute(None, error, True)
    function, error = _code(parts)
    return run.execute(function, error, True)


def _receive(parts):
    # Returns what ended the program, 3 or 4, or the error at which the compiler gave up.
    size = 0
    checked = 128
    remain = WINDOW
    while True:
        data = link.read(remain, link.CONTROL, IDLE_MS if size else link.NO_LIMIT)
        if not data or size >= checked * 2:
            checked = size
            error = early.error(parts)
            if error is not None:
                _abort(data)
                return 0, error
            if not data:
                data = link.read(remain, link.CONTROL)
        c = data[-1]
        end = c == 3 or c == 4
        if end:
            data = data[:-1]
        parts.append(data)
        size += len(data)
        remain -= len(data)
        if remain == 0:
            _out(b"\x01")
            remain = WINDOW
        if end:
            _out(b"\x04")
            return c, None


def _code(parts):
    # A program that the heap has no room for is a MemoryError to a board, which lives on.
    try:
        source = b"".join(parts)
        parts.clear()
        return run.code(source, "exec")
    except MemoryError as error:
        parts.clear()
        return None, error


def _abort(data):
    # The compiler gave up: say so, then skip to the end of what the host sends.
    _out(b"\x04")
    while not data or data[-1] not in b"\x03\x04":
        data = link.read(256, link.CONTROL)
