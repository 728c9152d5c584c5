# The wire to the host process: requests and answers over the interpreter's own stdin and stdout.
#
# Everything that C code prints goes to fd 1 as text; the host turns LF into CRLF, as a board does. Byte FF cannot
# occur in UTF-8 text, so it introduces a frame: FF, kind, length (u16-LE), payload. One write is one frame, at most
# PIPE_BUF bytes, so that the pipe keeps it whole. Answers are: kind, length (u16-LE), payload.
import sys

_in = sys.stdin.buffer
_out = sys.stdout.buffer
_head = bytearray(3)

PAYLOAD = 4000
NO_LIMIT = 0xFFFF

_held = b""  # bytes that the host gave and nobody took yet


def frame(kind, payload=b""):
    n = len(payload)
    return b"\xff" + kind + bytes((n & 255, n >> 8)) + payload


def send(kind, payload=b""):
    _out.write(frame(kind, payload))


def send_bytes(kind, data):
    data = memoryview(data)
    for i in range(0, len(data), PAYLOAD):
        send(kind, bytes(data[i : i + PAYLOAD]))


def _answer():
    # Blocks for the head only; head and payload arrive in one piece, so no interrupt can part them.
    if not _in.readinto(_head):
        raise SystemExit  # the host is gone
    n = _head[1] | _head[2] << 8
    return _in.read(n) if n else b""


def _take(kind):
    # Reads answers until one of this kind; data that came for a read that was interrupted is put aside.
    global _held
    while True:
        data = _answer()
        if _head[0] == kind:
            return data
        if _head[0] == 68:  # D: data
            _held = _held + data
        elif _head[0] == 73 and kind == 68:  # I: Ctrl-C while reading
            raise KeyboardInterrupt


def _take_held(limit, until_control):
    global _held
    data = _held[:limit]
    if until_control:
        for i in range(len(data)):
            if 1 <= data[i] <= 5:
                data = data[: i + 1]
                break
    _held = _held[len(data) :]
    return data


def read(limit, until_control=False, timeout_ms=NO_LIMIT):
    # At least one byte and at most `limit`, or b"" when the time is over. `until_control`: nothing after the first of
    # bytes 01 to 05, which may start a program that wants the rest.
    global _held
    if not _held:
        n = min(limit, PAYLOAD)
        try:
            send(b"Q", bytes((n & 255, n >> 8, 1 if until_control else 0, timeout_ms & 255, timeout_ms >> 8)))
            _held = _take(68)
        except KeyboardInterrupt:
            send(b"C")
            raise
    return _take_held(limit, until_control)


def available():
    if _held:
        return len(_held)
    send(b"P")
    data = _take(80)
    return data[0] | data[1] << 8


def settle():
    # From here on the host sends no SIGINT; one that was already under way is swallowed.
    sent = False
    while True:
        try:
            if not sent:
                send(b"K", b"\xff")
                sent = True
            _take(75)
            for _ in range(2):
                pass
            return
        except KeyboardInterrupt:
            if sent and _head[0] == 75:
                _head[0] = 0
                return


def interrupt_char(c):
    send(b"K", bytes((c & 255,)))
