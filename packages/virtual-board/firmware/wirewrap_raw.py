# Raw REPL and raw-paste, byte for byte as shared/runtime/pyexec.c of the boards.
import wirewrap_early as early
import wirewrap_link as link
import wirewrap_run as run

WINDOW = 128
IDLE_MS = 25
_BANNER = b"raw REPL; CTRL-B to exit\r\n"


def _out(data):
    link.send(b"B", data)


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
            source = b"".join(parts)
            parts = []
            if not source:
                _out(b"OK\r\n")
                return True
            _out(b"OK")
            function, error = run.code(source, "exec")
            source = None
            if run.execute(function, error, True):
                return True
            _out(b">")


def _paste(command):
    if command != 65:
        _out(b"R\x00")
        return False
    _out(b"R\x01" + bytes((WINDOW & 255, WINDOW >> 8, 1)))
    parts = []
    size = 0
    checked = 128
    remain = WINDOW
    error = None
    while True:
        data = link.read(remain, link.CONTROL, IDLE_MS if size else link.NO_LIMIT)
        if not data or size >= checked * 2:
            checked = size
            error = early.error(b"".join(parts))
            if error is not None:
                _abort(data)
                return run.execute(None, error, True)
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
            break
    if c == 3:
        return run.execute(None, KeyboardInterrupt(), True)
    source = b"".join(parts)
    parts = None
    function, error = run.code(source, "exec")
    source = None
    return run.execute(function, error, True)


def _abort(data):
    # The compiler gave up: say so, then skip to the end of what the host sends.
    _out(b"\x04")
    while not data or data[-1] not in b"\x03\x04":
        data = link.read(256, link.CONTROL)
