# One context whose trust anchors change while it lives. Needs ssl.SSLContext.
import gc
import socket
import ssl

_rcontext = None


def _rnew():
    global _rcontext
    _rcontext = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _rcontext.verify_mode = ssl.CERT_REQUIRED


def _rload(roots):
    # None, or the exception's name: a bundle that is refused is an answer.
    try:
        _rcontext.load_verify_locations(cadata=roots)
    except (ValueError, OSError) as e:
        return type(e).__name__


def _rask(host, port, name):
    s = socket.socket()
    try:
        s.settimeout(15)
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        try:
            w = _rcontext.wrap_socket(s, server_hostname=name)
        except (ValueError, OSError) as e:
            return "refuses with " + type(e).__name__
        w.write(b"ping\n")
        w.readline()
        w.close()
        return "accepts"
    finally:
        s.close()


def _rfree():
    gc.collect()
    gc.collect()
    return gc.mem_free()
