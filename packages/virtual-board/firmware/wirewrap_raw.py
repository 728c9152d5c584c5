# Raw REPL and raw-paste, byte for byte as shared/runtime/pyexec.c of the boards.
import wirewrap_incoming as incoming
import wirewrap_link as link
import wirewrap_run as run

# Taken before a program runs, which may replace the built-ins.
MemoryError, any, bytes, len = MemoryError, any, bytes, len

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
    _out(b"R\x01" + bytes((incoming.WINDOW & 255, incoming.WINDOW >> 8, 1)))
    program = incoming.Program(run.begin)
    return run.execute(lambda: program.run(run.user), None, True, program.finish)


def _code(parts):
    # A program that the heap has no room for is a MemoryError to a board, which lives on.
    try:
        source = b"".join(parts)
        parts.clear()
        return run.code(source, "exec")
    except MemoryError as error:
        parts.clear()
        return None, error
