# Finds out what the ssl module of this firmware can do, without a network. Runs on MicroPython 1.18 and later.
import gc
try:
    import io as _pio
except ImportError:
    import uio as _pio
try:
    import ssl as _pssl
except ImportError:
    try:
        import ussl as _pssl
    except ImportError:
        _pssl = None
try:
    import tls as _ptls
except ImportError:
    _ptls = None


class _Pstream(_pio.IOBase):
    # A stream that never has anything: enough to wrap without a handshake.
    def readinto(self, b):
        return None

    def write(self, b):
        return None

    def ioctl(self, request, argument):
        return 0


def _ptry(f):
    try:
        return ("", f())
    except BaseException as e:
        return (type(e).__name__, str(e.args[0]) if e.args else "")


def _ptaken(wrap, name, value):
    # A refused keyword is a TypeError that speaks of keywords; anything else means that it was taken.
    kind, text = _ptry(lambda: wrap(None, **{name: value}))
    return not (kind == "TypeError" and "keyword" in text)


def _pnames(o):
    return [n for n in dir(o) if n[0] != "_"]


def _pcontext(m):
    kind, c = _ptry(lambda: m.SSLContext(m.PROTOCOL_TLS_CLIENT))
    return None if kind else c


def _pwrap(wrap, **k):
    # What wrapping a stream says, or the names of what it gives. Each takes tens of KB of an old board's heap: it is closed,
    # and when memory was short the second attempt finds what the first one left.
    for n in range(2):
        kind, v = _ptry(lambda: wrap(_Pstream(), do_handshake=False, **k))
        if not kind:
            names = _pnames(v)
            _ptry(v.close)
            v = names
        gc.collect()
        if kind != "MemoryError" and v != "12":
            break
    return kind, v


def _probe(key, words, context_words):
    m = _pssl or _ptls
    if m is None:
        return None
    wrap = getattr(m, "wrap_socket", None)
    r = {}
    r["keywords"] = [n for n, v in words if wrap and _ptaken(wrap, n, v)]
    c = _pcontext(_pssl) if _pssl else None
    r["contextKeywords"] = [n for n, v in context_words if c and _ptaken(c.wrap_socket, n, v)]
    kind, text = _ptry(lambda: c.wrap_socket(None, False)) if c else ("TypeError", "positional")
    r["contextPositional"] = not (kind == "TypeError" and "positional" in text)
    r["contextMethods"] = _pnames(c) if c else []
    t = _pcontext(_ptls) if _ptls else None
    r["tlsContextMethods"] = _pnames(t) if t else []
    r["constants"] = [n for n in _pnames(m) if type(getattr(m, n)) is int]
    r["mbedtlsVersion"] = getattr(m, "MBEDTLS_VERSION", None)
    r["tlsMbedtlsVersion"] = getattr(_ptls, "MBEDTLS_VERSION", None)
    if wrap:
        kind, names = _pwrap(wrap)
        r["methods"] = [] if kind else names
        kind, text = _pwrap(wrap, server_side=True, key=key, cert=b"junk")
        r["pem"] = "cert" in text
        kind, text = _pwrap(wrap, server_side=True, key="/no-such-file", cert="/no-such-file")
        # ENOENT, or ENODEV without a file system; out of memory says nothing.
        r["fileNames"] = True if kind == "OSError" and text in ("2", "19") else False if kind == "ValueError" else None
        kind, text = _ptry(lambda: wrap(None, False))
        r["positional"] = not (kind == "TypeError" and "positional" in text)
    gc.collect()
    import time
    r["year"] = time.localtime()[0]
    return r
