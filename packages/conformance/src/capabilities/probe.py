# Finds out what the ssl module of this firmware can do, without a network. Runs on MicroPython 1.18 and later.
_pgc = _ww.m("gc")
_pio = _ww.m("io")
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
    # A stream that never has anything: enough to wrap without a handshake. A firmware that begins one all the same would
    # look for ever: it is told that the stream broke.
    _asked = 0

    def readinto(self, b):
        self._asked += 1
        if self._asked > 100:
            raise OSError(5)
        return None

    def write(self, b):
        return self.readinto(b)

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
    for _ in range(2):
        kind, v = _ptry(lambda: wrap(_Pstream(), do_handshake=False, **k))
        if not kind:
            names = _pnames(v)
            _ptry(v.close)
            v = names
        _pgc.collect()
        if kind != "MemoryError" and v != "12":
            break
    return kind, v


# One function for each step: the host gives each of them its own time, and names the one that does not end.
def _pmodule():
    m = _pssl or _ptls
    if m is None:
        return None
    time = _ww.m("time")
    return {
        "constants": [n for n in _pnames(m) if type(getattr(m, n)) is int],
        "mbedtlsVersion": getattr(m, "MBEDTLS_VERSION", None),
        "tlsMbedtlsVersion": getattr(_ptls, "MBEDTLS_VERSION", None),
        "year": time.localtime()[0],
    }


def _pfunction():
    return getattr(_pssl or _ptls, "wrap_socket", None)


def _pkeywords(words):
    wrap = _pfunction()
    return {"keywords": [n for n, v in words if wrap and _ptaken(wrap, n, v)]}


def _pclass(words):
    c = _pcontext(_pssl) if _pssl else None
    kind, text = _ptry(lambda: c.wrap_socket(None, False)) if c else ("TypeError", "positional")
    return {
        "contextKeywords": [n for n, v in words if c and _ptaken(c.wrap_socket, n, v)],
        "contextPositional": not (kind == "TypeError" and "positional" in text),
        "contextMethods": _pnames(c) if c else [],
    }


def _ptlsclass():
    t = _pcontext(_ptls) if _ptls else None
    return {"tlsContextMethods": _pnames(t) if t else []}


def _pmethods():
    kind, names = _pwrap(_pfunction())
    return {"methods": [] if kind else names}


def _ppem(key):
    kind, text = _pwrap(_pfunction(), server_side=True, key=key, cert=b"junk")
    return {"pem": "cert" in text}


def _pfiles():
    kind, text = _pwrap(_pfunction(), server_side=True, key="/no-such-file", cert="/no-such-file")
    # ENOENT, or ENODEV without a file system; out of memory says nothing.
    return {"fileNames": True if kind == "OSError" and text in ("2", "19") else False if kind == "ValueError" else None}


def _ppositional():
    kind, text = _ptry(lambda: _pfunction()(None, False))
    _pgc.collect()
    return {"positional": not (kind == "TypeError" and "positional" in text)}
