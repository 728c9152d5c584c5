# The wire to the host process. Two channels, so that nothing that a program prints can be taken for a message:
#
# - The control channel, file descriptor 4: kind, length (u16-LE), payload. One write is one message. Only this file holds
#   it. Answers come on standard input in the same form.
# - Standard output. What C code prints is text; the host turns LF into CRLF, as a board does. Bytes that go out as they are
#   (`send_bytes`) follow a mark of random bytes that the host made up for this interpreter: mark, length (u16-LE), payload.
import sys

# Taken before a program runs, which may replace the built-ins.
KeyboardInterrupt, SystemExit, bytes, len, memoryview = KeyboardInterrupt, SystemExit, bytes, len, memoryview
min, range = min, range

_in = sys.stdin.buffer
_out = sys.stdout.buffer
_control = open(4, "wb")
_mark = b""  # set by begin()
_head = bytearray(3)

PAYLOAD = 4000
AT_ONCE = 512  # bytes that one read takes at most
NO_LIMIT = 0xFFFF
# What a read ends at: nothing, a control byte (which may start a program that wants the rest), LF, LF or CR, its limit.
ANYTHING, CONTROL, LINE, COOKED_LINE, FULL = range(5)
_STOPS = (b"", b"\x01\x02\x03\x04\x05", b"\n", b"\n\r")

_held = b""  # bytes that the host gave and nobody took yet


def begin(mark):
    global _mark, _consumed
    _mark = mark
    _consumed = mark + b"\x01\x00\x01"


def send(kind, payload=b""):
    n = len(payload)
    _control.write(kind + bytes((n & 255, n >> 8)) + payload)


def send_bytes(data):
    data = memoryview(data)
    for i in range(0, len(data), PAYLOAD):
        part = bytes(data[i : i + PAYLOAD])
        n = len(part)
        _out.write(_mark + bytes((n & 255, n >> 8)) + part)


def send_text(data):
    _out.write(data)


def _answer():
    # Head and payload arrive in one piece, so only the head is waited for. A pending Ctrl-C is raised at jumps: there is
    # none from here until the payload is in hand, or the next answer would begin in the middle of this one.
    _head[0] = 0
    _in.readinto(_head)
    data = _in.read(_head[1] | _head[2] << 8)
    if not _head[0]:
        raise SystemExit  # the host is gone
    return data


def _take(kind):
    # Reads answers until one of this kind; data that came for a read that was interrupted is put aside.
    global _held
    while True:
        data = _answer()
        if _head[0] == kind or _head[0] == 70 and kind == 68:
            return data
        if _head[0] == 68 or _head[0] == 70:  # D, F: data
            _held = _held + data
        elif _head[0] == 73 and kind == 68:  # I: Ctrl-C while reading
            raise KeyboardInterrupt


def _take_held(limit, stop):
    global _held
    end = min(limit, len(_held))
    if stop:
        for i in range(end):
            if _held[i] in _STOPS[stop]:
                end = i + 1
                break
    # No jump from here on: a Ctrl-C leaves the bytes in place, or they were read.
    data = _held[:end]
    _held = _held[end:]
    return data


def read(limit, stop=ANYTHING, timeout_ms=NO_LIMIT):
    # At least one byte and at most `limit`, nothing behind what it stops at, or b"" when the time is over.
    if _held:
        return _take_held(limit, stop)
    n = min(limit, AT_ONCE)
    try:
        send(b"Q", bytes((n & 255, n >> 8, stop, timeout_ms & 255, timeout_ms >> 8)))
        return _take(68)
    except KeyboardInterrupt:
        send(b"C")
        raise


_spare = bytearray(AT_ONCE)
_into = [_spare, None]
_has_any = b"P\x00\x00"
_question = bytearray(b"Q\x05\x00\x00\x00\x00\xff\xff")


def read_into(buf, limit, timeout_ms):
    # As read(), up to a control byte, without taking any memory: for a program that is being compiled. The number of bytes.
    if _held:
        data = _take_held(limit, CONTROL)
        buf[: len(data)] = data
        return len(data)
    _question[3] = limit
    _question[5] = CONTROL
    _question[6] = timeout_ms & 255
    _question[7] = timeout_ms >> 8
    _control.write(_question)
    _head[0] = 0
    while _head[0] != 68:
        _head[0] = 0
        _in.readinto(_head)
        if not _head[0]:
            raise SystemExit  # the host is gone
        n = _head[1] | _head[2] << 8
        _in.readinto(buf, n)
    return n


def read_full(buf, size):
    # All of `size` bytes (up to 128), without taking any memory: for a program that compiles what it reads. False when
    # read() has to do it: bytes are held, or the ring is smaller.
    global _held
    if _held:
        return False
    _question[3] = size
    _question[5] = FULL
    _question[6] = _question[7] = 255
    _into[1] = buf
    try:
        _control.write(_question)
        _head[0] = 0
        while _head[0] != 70:  # F: full
            _head[0] = 0
            _in.readinto(_head)
            _in.readinto(_into[_head[0] == 70], _head[1] | _head[2] << 8)
            if not _head[0]:
                raise SystemExit  # the host is gone
            if _head[0] == 68:
                _held = _held + _spare[: _head[1] | _head[2] << 8]
            elif _head[0] == 73:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        send(b"C")
        raise
    if _held:
        _held = _held + buf[:size]
    return not _held and _head[1] == size


def acknowledge():
    # Byte 01, a window of raw-paste is through; without taking any memory.
    _out.write(_consumed)


def available():
    # Takes no memory, unless data comes for a read that was interrupted.
    global _held
    if _held:
        return len(_held)
    _control.write(_has_any)
    while True:
        _head[0] = 0
        _in.readinto(_head)
        _in.readinto(_spare, _head[1] | _head[2] << 8)
        if not _head[0]:
            raise SystemExit  # the host is gone
        if _head[0] == 80:
            return _spare[0] | _spare[1] << 8
        if _head[0] == 68 or _head[0] == 70:
            _held = _held + _spare[: _head[1] | _head[2] << 8]


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
