# `uzlib` of firmware up to 1.20, over the engine's `deflate`: it only decompresses.
import deflate
import io


def _format(wbits):
    if wbits < 0:
        return deflate.RAW, -wbits
    if wbits >= 16 + 8:
        return deflate.GZIP, wbits - 16
    return deflate.ZLIB, wbits


class DecompIO:
    def __init__(self, stream, wbits=0):
        format, bits = _format(wbits)
        self._stream = deflate.DeflateIO(stream, format, bits)

    def read(self, *args):
        return self._stream.read(*args)

    def readinto(self, *args):
        return self._stream.readinto(*args)

    def readline(self, *args):
        return self._stream.readline(*args)


def decompress(data, wbits=0, bufsize=0):
    format, bits = _format(wbits)
    try:
        return deflate.DeflateIO(io.BytesIO(data), format, bits or 15).read()
    except (OSError, EOFError):
        raise ValueError(-3)
