# The board's end of transfers, in four parts, each small enough to be compiled in an ESP32's heap. They run in the agent's
# namespace. How files and variables pass is described in wire-format.md.
#
# `readinto` on stdin returns only when its buffer is full, so that no more is asked for than is left of a window, and each
# window is acknowledged before anything is done with it. EOFError means that what arrived is not what was sent, and nothing
# else: files raise OSError. After an error the rest of what the host was granted and has under way is read, because it
# would be taken for a command otherwise.
for name in 'bytes bytearray min all hasattr open EOFError ValueError AttributeError'.split():
    own[name] = eval(name)
os = load('os')
select = load('select')
sha256 = load('hashlib').sha256
hexlify = load('binascii').hexlify
deflate = load('deflate')
uzlib = None if deflate else load('uzlib')
stdin = sys.stdin.buffer
stdout = sys.stdout.buffer


class Windows(io.IOBase):
    def __init__(self, total):
        self.left = total
        self.window = bytearray(WINDOW_BYTES)
        self.view = memoryview(self.window)
        self.at = self.filled = 0
        self.poller = select.poll()
        self.poller.register(sys.stdin, 1)

    def readinto(self, buffer):
        at = self.at
        if at == self.filled:
            due = min(WINDOW_BYTES, self.left)
            if not due:
                return 0
            if not self.poller.poll(GIVE_UP_MS):
                self.left = 0
                raise EOFError('nothing came from the host')
            stdin.readinto(self.window if due == WINDOW_BYTES else self.view[:due])
            self.left -= due
            write('\x06')
            self.filled = due
            at = 0
        count = len(buffer)
        if count == 1:
            buffer[0] = self.window[at]
        else:
            if count > self.filled - at:
                count = self.filled - at
            buffer[:count] = self.view[at:at + count]
        self.at = at + count
        return count

    def ioctl(self, request, argument):
        return 0

    def drain(self):
        left = min(2 * WINDOW_BYTES, self.left)
        while self.poller.poll(GIVE_UP_MS if left > 0 else QUIET_MS):
            stdin.readinto(self.view[:1])
            left -= 1


class Unpacked:
    # uzlib reads a stream with `read`, and has no `readinto`.
    def __init__(self, stream, window_bits):
        self.stream = uzlib.DecompIO(stream, -window_bits)

    def readinto(self, buffer):
        data = self.stream.read(min(len(buffer), 512))
        buffer[:len(data)] = data
        return len(data)


def unpacked(stream, window_bits):
    if not window_bits:
        return stream
    return deflate.DeflateIO(stream, deflate.RAW, window_bits) if deflate else Unpacked(stream, window_bits)


def working_view():
    # 4 KiB at a time is what flash likes; a heap in pieces may have less in one.
    size = 4096
    while True:
        try:
            return memoryview(bytearray(size))
        except MemoryError:
            size //= 2
            if size < 256:
                raise


def read_all(stream, view):
    at = 0
    while at < len(view):
        try:
            count = stream.readinto(view[at:] if at else view)
        except (OSError, ValueError) as error:
            raise EOFError('%r' % (error,))
        if not count:
            raise EOFError('the stream ended early')
        at += count
