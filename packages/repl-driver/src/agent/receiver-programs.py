# Programs as long as the board's heap takes: compiled while they come, as raw-paste does, and checked as a whole before they
# run. It runs in the agent's namespace; what passes is described in wire-format.md.
#
# `execfile` compiles from a stream; the file that it opens is the line: it lies on a file system of its own, which is
# mounted until the last byte came.
for name in 'bytearray hasattr EOFError'.split():
    own[name] = eval(name)
execute_file = getattr(builtins, 'execfile', None)
vfs = load('vfs') or load('os')
select = load('select')
sha256 = load('hashlib').sha256
hexlify = load('binascii').hexlify
stdin = sys.stdin.buffer
if not (execute_file and hasattr(vfs, 'mount')):
    raise ImportError('a program cannot be compiled while it comes')
keyboard_interrupt(3)


class Program(io.IOBase):
    def __init__(self, begin, size, expected, digest):
        self.begin = begin
        self.left = size
        self.expected = expected
        self.hashed = digest
        self.in_window = WINDOW_BYTES
        self.one = bytearray(1)
        self.spare = bytearray(WINDOW_BYTES)
        self.whole = False
        self.poller = select.poll()
        self.poller.register(sys.stdin, 1)
        self.is_readable = getattr(self.poller, 'ipoll', self.poller.poll)

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def open(self, path, mode):
        return self

    def ioctl(self, request, argument):
        # 11: how much the compiler shall read at a time. Up to 1.24 it takes 24 bytes and does not ask.
        return WINDOW_BYTES if request == 11 else 0

    def readinto(self, buffer):
        # Nothing here may take memory: what the compiler keeps and what is garbage at once would lie side by side otherwise,
        # and leave no room for its larger tables. A short read is the end for it.
        at = 0
        while self.left and at < len(buffer):
            for _ in self.is_readable(GIVE_UP_MS):
                break
            else:
                self.left = 0
                raise EOFError('nothing came from the host')
            count = len(buffer)
            if at == 0 and count <= self.in_window and count <= self.left:
                stdin.readinto(buffer)
                self.hashed.update(buffer)
            else:
                stdin.readinto(self.one)
                self.hashed.update(self.one)
                buffer[at] = self.one[0]
                count = 1
            at += count
            self.left -= count
            self.in_window -= count
            if not self.in_window:
                self.in_window = WINDOW_BYTES
                write('\x06')
            if not self.left:
                self.finish()
        return at

    def finish(self):
        if hexlify(self.hashed.digest())[:16] != self.expected:
            raise EOFError('the source is damaged')
        self.whole = True
        self.leave()
        write(self.begin)

    def leave(self):
        vfs.umount('/_ww')
        keyboard_interrupt(3)

    def rest(self):
        # The compiler gave up: an error in a source that arrived damaged is the line's, so what is still to come is read.
        try:
            while self.left:
                self.readinto(self.spare)
        except BaseException:
            pass
        if not self.whole:
            self.leave()


def run_streamed(self, nonce, size, expected, file='<stdin>'):
    end = '\x1e' + nonce
    digest = sha256('%s%d%s' % (nonce, size, file))
    gc.collect()
    source = Program('\x1d' + nonce + 'B', size, expected, digest)
    vfs.mount(source, '/_ww')
    keyboard_interrupt(-1)
    try:
        write('\x06\x06')
        execute_file('/_ww/' + file, program)
        unlock_heap()
        write(end)
    except SystemExit:
        unlock_heap()
        reserve.clear()
        answer(nonce, 'S', '')
        raise
    except BaseException as error:
        source.rest()
        if source.whole:
            report(nonce, end, error)
        else:
            answer(nonce, 'C', '')
    fill_reserve()


Agent.p = run_streamed
