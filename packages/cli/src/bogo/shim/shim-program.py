# What BoringSSL's shim does after its handshake: echo each byte inverted until the peer ends the connection.
# `size` bytes a read; `first` is written before. The socket does not block, so that a read gives what is there.
# With a deferred handshake the first read or write does it. Without an end within `ms` the result is "no end".
try:
    import uselect as _select
except ImportError:
    import select as _select


def _write(data):
    while data:
        sent = wrapped.write(data)
        data = data[sent or 0 :]


wrapped.setblocking(False)
_poll = _select.poll()
_poll.register(wrapped, 1)
_end = time.ticks_add(time.ticks_ms(), ms)
result = "no end"
_write(first)
while time.ticks_diff(_end, time.ticks_ms()) > 0:
    _data = wrapped.read(size)
    if _data is None:
        _poll.poll(100)
    elif not _data:
        result = "end"
        break
    else:
        _write(bytes([byte ^ 255 for byte in _data]))
