# The file system: littlefs on an image that outlives resets, as flash does. The host's files are not reachable.
import os
import time
import vfs

# Taken before a program runs, which may replace the built-ins.
OSError = OSError

BLOCK = 4096
_image = None
_mounted = None


# littlefs is C code: an exception that unwinds it half-way would leave it broken. The interpreter looks for a Ctrl-C at
# jumps only, so nothing in these methods may branch; the exception comes when the operation is over, as on a board.
class Flash:
    def __init__(self, file, blocks, wait_us):
        self._file = file
        self._blocks = blocks
        self._wait_us = wait_us

    def readblocks(self, n, buf, offset=0):
        time.sleep_us(self._wait_us)
        self._file.seek(n * BLOCK + offset)
        self._file.readinto(buf)

    def writeblocks(self, n, buf, offset=0):
        time.sleep_us(self._wait_us)
        self._file.seek(n * BLOCK + offset)
        self._file.write(buf)

    def ioctl(self, op, arg):
        return _IOCTL[op](self, arg)


def _nothing(flash, arg):
    return 0


def _count(flash, arg):
    return flash._blocks


def _size(flash, arg):
    return BLOCK


def _erase(flash, arg):
    flash.writeblocks(arg, _ERASED)
    return 0


_ERASED = b"\xff" * BLOCK
_IOCTL = {1: _nothing, 2: _nothing, 3: _nothing, 4: _count, 5: _size, 6: _erase}


def open_image(fd, wait_us):
    # The host made the file, unlinked it and handed it over: nothing is left when both are gone.
    global _image
    file = open(fd, "r+b")
    _image = Flash(file, file.seek(0, 2) // BLOCK, wait_us)


def mounted():
    return _mounted


def mount():
    global _mounted
    vfs.umount("/")
    try:
        _mounted = vfs.VfsLfs2(_image)
        vfs.mount(_mounted, "/")
    except OSError:
        vfs.VfsLfs2.mkfs(_image)
        _mounted = vfs.VfsLfs2(_image)
        vfs.mount(_mounted, "/")
        with open("boot.py", "w") as f:
            f.write("# This file is executed on every boot (including wake-boot from deepsleep)\n")
    os.chdir("/")
