# A program that comes by raw-paste is compiled while it comes, as on the boards: its text is never held as a whole, so the
# heap has to hold the parse tree only.
#
# MicroPython's execfile() is the way in: it reads a file in small pieces, parses as it reads, and runs the result. Here the
# file is the line to the host. It is called "<stdin>", which is what tracebacks say; a name without a folder is looked for
# on the file system that is current, so `_Place` is the current one until the program's last byte was read.
import io
import os
import vfs
import wirewrap_early as early
import wirewrap_link as link
import wirewrap_flash as flash

# Taken before a program runs, which may replace the built-ins.
KeyboardInterrupt, OSError, bytearray, bytes, getattr = KeyboardInterrupt, OSError, bytearray, bytes, getattr
execfile, len = execfile, len

WINDOW = 128
NAME = "<stdin>"
_PLACE = "/.wirewrap"
_BUFFER_SIZE = 11  # stream request: how much to read at a time
# The reader takes at least 21 bytes at a time (in words of 64 bits), so an error in the last ones is seen late. While the
# program is short, its text is kept and shown to the parser whenever the host pauses.
_KEPT = 512
_IDLE_MS = 25


class Program(io.IOBase):
    # `begin` is called when the last byte was read, just before the program runs.
    def __init__(self, begin):
        self._begin = begin
        self._buffer = bytearray(WINDOW)
        self._at = 0
        self._end = 0
        self._remain = WINDOW
        self._kept = []
        self._size = 0
        self._ended = False
        self._cwd = None

    def run(self, names):
        self._cwd = os.getcwd()
        vfs.mount(_Place(self), _PLACE)
        os.chdir(_PLACE)
        execfile(NAME, names, names)

    def finish(self):
        # The compiler gave up before the end: say so, then skip what the host still sends.
        self._leave()
        if not self._ended:
            self._ended = True
            link.send_bytes(b"\x04")
            while True:
                data = link.read(256, link.CONTROL)
                if data and data[-1] in b"\x03\x04":
                    return

    # From here to _receive() nothing may take memory. What the parser keeps and what would be thrown away lay side by side
    # otherwise, and no room would be left for its larger tables (measured: a seventh of the program that fits).
    def readinto(self, buf):
        # The reader takes a short read for the end.
        size = 0
        buffer = self._buffer
        while size < len(buf):
            if self._at == self._end:
                if self._ended:
                    break
                self._receive()
            else:
                buf[size] = buffer[self._at]
                self._at += 1
                size += 1
        return size

    def ioctl(self, request, argument):
        return 1 if request == _BUFFER_SIZE else 0

    def _receive(self):
        n = link.read_into(self._buffer, self._remain, _IDLE_MS if self._kept else link.NO_LIMIT)
        if not n:
            error = early.error(self._kept)
            if error is not None:
                raise error
            n = link.read_into(self._buffer, self._remain, link.NO_LIMIT)
        last = self._buffer[n - 1]
        if last == 3 or last == 4:
            n -= 1
        self._at = 0
        self._end = n
        self._remain -= n
        if self._remain == 0:
            link.acknowledge()
            self._remain = WINDOW
        self._size += n
        if self._size > _KEPT:
            self._kept = None
        else:
            self._kept.append(bytes(self._buffer[:n]))
        if last == 3 or last == 4:
            self._ended = True
            link.send_bytes(b"\x04")
            self._leave()
            if last == 3:
                raise KeyboardInterrupt
            self._begin()

    def _leave(self):
        if self._cwd is None:
            return
        cwd = self._cwd
        self._cwd = None
        vfs.umount(_PLACE)
        try:
            os.chdir(cwd)
        except OSError:
            pass  # the program before removed it; the file system's root is current


class _Place:
    # Where "<stdin>" is found; everything else that a thread asks for meanwhile is on the flash.
    def __init__(self, program):
        self._program = program

    def __getattr__(self, name):
        return getattr(flash.mounted(), name)

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def chdir(self, path):
        pass

    def open(self, path, mode):
        return self._program if path == NAME else flash.mounted().open(path, mode)
