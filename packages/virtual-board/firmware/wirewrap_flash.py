# The file system: littlefs on an image that outlives resets, as flash does. The host's files are not reachable.
import io
import os
import vfs
import wirewrap_link as link

BLOCK = 4096
_image = None


class Flash:
    def __init__(self, file, blocks):
        self._file = file
        self._blocks = blocks

    # littlefs is C code: an exception that unwinds it half-way corrupts it, so a Ctrl-C waits until it is done.
    def readblocks(self, n, buf, offset=0):
        while True:
            try:
                self._file.seek(n * BLOCK + offset)
                self._file.readinto(buf)
                return
            except KeyboardInterrupt:
                link.send(b"I")

    def writeblocks(self, n, buf, offset=None):
        while True:
            try:
                self._file.seek(n * BLOCK + (offset or 0))
                self._file.write(buf)
                return
            except KeyboardInterrupt:
                link.send(b"I")

    def ioctl(self, op, arg):
        if op == 4:
            return self._blocks
        if op == 5:
            return BLOCK
        if op == 6:
            self.writeblocks(arg, b"\xff" * BLOCK)
        return 0


def open_image(path):
    global _image
    size = os.stat(path)[6]
    _image = Flash(open(path, "r+b"), size // BLOCK)


def mount():
    vfs.umount("/")
    try:
        vfs.mount(vfs.VfsLfs2(_image), "/")
    except OSError:
        vfs.VfsLfs2.mkfs(_image)
        vfs.mount(vfs.VfsLfs2(_image), "/")
        with open("boot.py", "w") as f:
            f.write("# This file is executed on every boot (including wake-boot from deepsleep)\n")
    os.chdir("/")
