import gc

try:
    import usocket as socket
except ImportError:
    import socket


def _wl_native():
    try:
        import esp32

        regions = esp32.idf_heap_info(esp32.HEAP_DATA)
        return ("idf", sum(r[1] for r in regions), max(r[2] for r in regions))
    except Exception:  # where the firmware has no such module, a file of the user's may be called so
        pass
    try:
        import wirewrap_virtual

        return ("process", -wirewrap_virtual.resident(), None)
    except (ImportError, AttributeError):
        return (None, None, None)


# A new socket gets the lowest number that is free, which the connection's own socket may have left below one that leaks:
# so the highest of three tells.
def _wl_sockets():
    opened = [socket.socket() for _ in range(3)]
    try:
        return max(s.fileno() for s in opened)
    except AttributeError:
        return None
    finally:
        for s in opened:
            s.close()


def _wl_level():
    gc.collect()
    gc.collect()
    sockets = _wl_sockets()
    return (gc.mem_free(), _wl_native(), sockets)
