# Connections that keep their session. Needs tls.SSLContext, and SSLSession of micropython#12780.
import gc
import socket
import time
import tls

try:
    from tls import SSLSession as _Session
except ImportError:
    from ssl import SSLSession as _Session

_rkept = None


def _rone(host, port, saved, kept):
    # (milliseconds of the wrapping, the session as bytes). `saved` are such bytes; `kept` means the object of the last time.
    global _rkept
    c = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    c.verify_mode = tls.CERT_NONE
    session = _rkept if kept else None if saved is None else _Session(saved)
    s = socket.socket()
    try:
        s.settimeout(15)
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        gc.collect()
        t = time.ticks_ms()
        w = c.wrap_socket(s) if session is None else c.wrap_socket(s, session=session)
        t = time.ticks_diff(time.ticks_ms(), t)
        w.write(b"ping\n")
        # In TLS 1.3 the ticket comes with the first data.
        w.readline()
        _rkept = w.session
        b = None if _rkept is None else bytes(_rkept.serialize())
        w.close()
        return t, b
    finally:
        s.close()
