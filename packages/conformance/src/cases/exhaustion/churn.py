# A handshake on a heap in pieces. `ask` is _sask of client.py.
import gc


def _stry(ask, host, port):
    try:
        return "completes" if ask(host, port, {}) else "another answer"
    except (OSError, ValueError, MemoryError) as e:
        return "%s(%s)" % (type(e).__name__, ", ".join([repr(a) for a in e.args[:1] if type(a) is int]))


def _schurn(ask, host, port, piece):
    # Fills the heap with pieces and gives every second one back: half of it is free, and no block is larger than a piece.
    gc.collect()
    held = [None] * (gc.mem_free() // piece)
    n = 0
    try:
        while n < len(held):
            held[n] = bytearray(piece)
            n += 1
    except MemoryError:
        pass
    for i in range(0, n, 2):
        held[i] = None
    gc.collect()
    free = gc.mem_free()
    churned = _stry(ask, host, port)
    held = None
    gc.collect()
    gc.collect()
    return churned, _stry(ask, host, port), n, free
