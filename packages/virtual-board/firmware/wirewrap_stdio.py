# sys.stdin, sys.stdout and sys.stderr as a board has them, on one line: text turns LF into CRLF and CR into LF, the buffers do not.
import io
import sys
import wirewrap_link as link
import wirewrap_readline as readline

# Taken before a program runs, which may replace the built-ins.
EOFError, KeyboardInterrupt, bytearray, bytes, isinstance = EOFError, KeyboardInterrupt, bytearray, bytes, isinstance
len, memoryview, min, str = len, memoryview, min, str

_POLL = 3
_LINE = 256  # bytes asked for at once
_WINDOW = 128
_text = sys.stdout


class _Input(io.IOBase):
    def __init__(self, cooked):
        self._cooked = cooked

    def readinto(self, buf, limit=-1):
        # Like the UART's: returns when the buffer is full. Like its C code, it takes no memory for the reads of a transfer.
        if limit < 0 and not self._cooked and isinstance(buf, bytearray) and 1 < len(buf) <= _WINDOW:
            if link.read_full(buf, len(buf)):
                return len(buf)
        view = memoryview(buf)
        size = len(view) if limit < 0 else min(limit, len(view))
        done = 0
        while done < size:
            part = link.read(size - done)
            if self._cooked and b"\r" in part:
                part = part.replace(b"\r", b"\n")
            view[done : done + len(part)] = part
            done += len(part)
        return done

    def read(self, size=-1):
        if size < 0:
            parts = []
            while True:
                parts.append(self.read(64))
        buf = bytearray(size)
        self.readinto(buf)
        if not self._cooked:
            return bytes(buf)
        # A character may need more bytes than one.
        more = 0
        for b in buf:
            if b >= 0xC0:
                more += 1 if b < 0xE0 else 2 if b < 0xF0 else 3
            elif b >= 0x80 and more:
                more -= 1
        return str(bytes(buf) + (self._more(more) if more else b""), "utf-8")

    def _more(self, size):
        buf = bytearray(size)
        self.readinto(buf)
        return bytes(buf)

    def readline(self, size=-1):
        line = b""
        stop = link.COOKED_LINE if self._cooked else link.LINE
        while not line.endswith(b"\n") and len(line) != size:
            line += link.read(_LINE if size < 0 else size - len(line), stop)
            if self._cooked and line.endswith(b"\r"):
                line = line[:-1] + b"\n"
        return str(line, "utf-8") if self._cooked else line

    def readlines(self):
        lines = []
        while True:
            lines.append(self.readline())

    def __iter__(self):
        return self

    def __next__(self):
        return self.readline()

    def ioctl(self, request, argument):
        if request == _POLL:
            # Always writable, as the UART; readable when the ring holds something.
            return (1 if argument & 1 and link.available() else 0) | (argument & 4)
        return -1 if request == 10 else 0  # 10: file number

    def write(self, data):
        return sys.stdout.write(data)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


class _Output(_Input):
    def write(self, data, offset=None, size=None):
        if isinstance(data, str):
            if self._cooked:
                return _text.write(data)
            data = data.encode()
        if offset is not None:
            data = memoryview(data)[:offset] if size is None else memoryview(data)[offset : offset + size]
        if self._cooked:
            link.send_text(data)
        else:
            link.send_bytes(data)
        return len(data)

    def flush(self):
        pass


stdin = _Input(True)
stdin.buffer = _Input(False)
stdout = _Output(True)
stdout.buffer = _Output(False)
stderr = _Output(True)
stderr.buffer = stdout.buffer


def input(prompt=""):
    stdout.write(prompt)
    code, line = readline.Reader("").run("")
    if code == 3:
        raise KeyboardInterrupt
    if code == 4 and not line:
        raise EOFError
    return line
