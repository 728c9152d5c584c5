# The board's half of BoardEndpoint. It is sent once a session, a part at a time (`# ---`), so that compiling it
# needs little heap. Everything is called `_ww…` because it lives in the board's own `__main__`.
# Each part but the first, behind which large arguments go, ends with a collection: what compiling it took lies below what
# stays of it otherwise, and cuts the heap into pieces.
# It runs on MicroPython 1.18 to 1.28: no f-strings, no walrus, nothing that is newer.
try:
    _wwb  # large arguments may have been placed before the rest of this program
except NameError:
    _wwb = {}  # bytes by key, kept from case to case


def _wwput(dropped, key, text):
    for k in dropped:
        _wwb.pop(k, None)
    _wwb[key] = _ww.m("binascii").a2b_base64(text)


# ---
# Modules of the firmware come from the driver's agent: it finds them past the board's files, which takes 0.3 s each on an
# ESP32, and where a file of the user's could stand in for the module. `ssl` is what the user's programs import.
_wwgc = _ww.m("gc")
_wwt = _ww.m("time")
_wws = _ww.m("socket")
_wwp = _ww.m("select")
_wwh = getattr(_ww.m("errno"), "errorcode", {})
_wwl = _ww.m("sys").platform == "linux"
try:
    import ssl as _wwm
except ImportError:
    try:
        import ussl as _wwm
    except ImportError:
        _wwm = None
_wwn = None  # network interface that must be connected, when the host joined one
_wwi = ""  # prefix of every line of the case: made from a number, because short strings of a source are never freed
# Refusals before any byte is sent: nothing to wait for.
_wwu = ("invalid key", "invalid cert", "CERT_REQUIRED requires server_hostname")
# ---
def _wwv(v, cap):
    # What is too long to send goes as its length, SHA-256 and head. repr() of anything else has no line end.
    if isinstance(v, (bytes, bytearray)) and len(v) > cap:
        sha256 = _ww.m("hashlib").sha256
        print(_wwi, "L", (len(v), sha256(v).digest(), bytes(v[:32])))
        return "L"
    return v


def _wwd(i, f, cap):
    # One step: runs f, prints what came. The tuple is printed element by element: no string is built for it.
    t = _wwt.ticks_ms()
    try:
        v = f()
        t = _wwt.ticks_diff(_wwt.ticks_ms(), t)
        v = _wwv(v, cap)
        print(_wwi, "S", i, t, (v,))
        return None
    except BaseException as e:
        t = _wwt.ticks_diff(_wwt.ticks_ms(), t)
        # The number means what this firmware says: 113 is ECONNABORTED in newlib and EHOSTUNREACH on Linux.
        if isinstance(e, OSError) and e.args and type(e.args[0]) is int:
            print(_wwi, "M", _wwh.get(abs(e.args[0])))
        print(_wwi, "E", i, t, type(e).__name__, e.args)
        return e
# ---
def _wwx(d, s):
    # One socket operation. d is the scope of the case, s is (method, arguments...).
    k = s[0]
    if k == "python":
        try:
            return eval(s[1], d)
        except SyntaxError:
            d["result"] = None
            exec(s[1], d)
            return d["result"]
    if k == "poll":
        p = _wwp.poll()
        p.register(d["wrapped"], s[1])
        r = p.poll(s[2])
        return r[0][1] if r else 0
    if k == "readinto":
        b = bytearray(s[1])
        n = d["wrapped"].readinto(b)
        return None if n is None else (n, bytes(b[:n]))
    return getattr(d["wrapped"], k)(*[_wwb[a[1]] if type(a) is tuple else a for a in s[1:]])


def _wwy(d, s, ms):
    # The operation again while it gives None, on a socket that does not block, up to ms milliseconds.
    t = _wwt.ticks_ms()
    while True:
        v = _wwx(d, s)
        if v is not None or _wwt.ticks_diff(_wwt.ticks_ms(), t) >= ms:
            return v
        _wwt.sleep_ms(5)
# ---
def _wwc(api, proto, kw, ctx, d):
    # The context of one of the context classes; what belongs to it is taken from the keywords.
    if api == "tls":
        import tls as m
    else:
        m = _wwm
    c = m.SSLContext(getattr(m, proto))
    d["ctx"] = c
    if "cert_reqs" in kw:
        c.verify_mode = kw.pop("cert_reqs")
    if "cadata" in kw:
        if api == "tls":
            c.load_verify_locations(kw.pop("cadata"))
        else:
            c.load_verify_locations(cadata=kw.pop("cadata"))
    if "cert" in kw or "key" in kw:
        c.load_cert_chain(kw.pop("cert", None), kw.pop("key", None))
    if "do_handshake" in kw:
        kw["do_handshake_on_connect"] = kw.pop("do_handshake")
    for line in ctx:
        exec(line, d)
    return c
# ---
def _wwo(api, proto, kw, ctx, d):
    # Wraps the socket by the API that the case names. The name of a constant is looked up here: it may be missing.
    if _wwm is None and api != "tls":
        raise ImportError("no module named 'ssl' or 'ussl'")
    for k in kw:
        v = kw[k]
        if type(v) is tuple:
            kw[k] = _wwb[v[1]] if v[0] == 1 else _wwk(v[1])
    if api == "f":
        d["wrapped"] = _wwm.wrap_socket(d["sock"], **kw)
    else:
        c = _wwc(api, proto, kw, ctx, d)
        for n in range(3):
            try:
                d["wrapped"] = c.wrap_socket(d["sock"], **kw)
                break
            except OSError as e:
                # A DTLS server asks each client for its cookie first (HelloVerifyRequest), and has to be called again.
                if n == 2 or e.args[0] != -27264:
                    raise


def _wwk(name):
    if _wwm is not None and hasattr(_wwm, name):
        return getattr(_wwm, name)
    try:
        import tls
    except ImportError:
        return getattr(_wwm, name)
    return getattr(tls, name)
# ---
def _wwq(d, server, host, port, guard, udp):
    # A connected TCP socket: by connecting, or by listening and accepting one connection. For DTLS a UDP socket.
    a = _wws.getaddrinfo(host, port)[0]
    s = _wws.socket(a[0], _wws.SOCK_DGRAM if udp else a[1])
    if udp:
        _wwg(d, s, a[-1], server, guard)
        return
    if not server:
        d["sock"] = s
        s.settimeout(guard)
        s.connect(a[-1])
        _wwe(s)
        return
    d["_l"] = s
    s.setsockopt(_wws.SOL_SOCKET, _wws.SO_REUSEADDR, 1)
    s.bind(a[-1])
    s.listen(2)
    s.settimeout(guard)
    print(_wwi, "A")
    d["sock"] = s.accept()[0]
    d["sock"].settimeout(guard)
    _wwe(d["sock"])
    s.close()


def _wwg(d, s, a, server, guard):
    # The client that sent the first datagram is the one. That datagram is lost where recvfrom cannot peek: DTLS sends it
    # again after a second. MSG_PEEK is 1 in lwIP; on Linux it is 2, and older unix ports do not name it.
    d["sock"] = s
    s.settimeout(guard)
    if server:
        s.setsockopt(_wws.SOL_SOCKET, _wws.SO_REUSEADDR, 1)
        s.bind(a)
        print(_wwi, "A")
        try:
            a = s.recvfrom(1, getattr(_wws, "MSG_PEEK", 2 if _wwl else 1))[1]
        except TypeError:
            a = s.recvfrom(1)[1]
    s.connect(a)
# ---
def _wwtalk(d, steps):
    # Speaks in the clear, before TLS. A step is (0, bytes to send), (1, part of a line) or (2, exactly these bytes).
    s = d["sock"]
    came = []
    for kind, b in steps:
        if kind == 0:
            s.write(b)
            continue
        got = b""
        while b not in got:
            more = s.readline() if kind == 1 else s.read(1)
            if not more:
                raise EOFError("the peer closed before TLS, where expected:", b)
            got = more if kind == 1 else got + more
        came.append(got)
    return came
# ---
def _wwe(s):
    # Linux would hold small writes back for 40 ms (Nagle waits for a delayed ACK).
    if _wwl:
        s.setsockopt(6, 1, 1)


def _wwz(s):
    # After an error: closing a socket with unread bytes sends RST, which would swallow the board's own alert.
    # A peer on the same host answers at once. A socket that the case has closed (POLLNVAL) is left alone: ESP32 firmware
    # 1.18 panics when it is read, since modsocket.c gives its descriptor, -1, to FD_SET.
    try:
        p = _wwp.poll()
        p.register(s, 1)
        for r in p.poll(0):
            if r[1] & 32:
                return
        s.settimeout(0.05 if _wwl else 0.2)
        for _ in range(64):
            if not s.recv(256):
                break
    except BaseException:
        pass
# ---
def _wwr(c):
    # One case. What `c` holds is described in case-source.ts; what is not in it has the default that stands here.
    # Lines: H heap before and after, A listening, S step done, E step failed, L long bytes, Z end.
    global _wwi
    i = _wwi = "~" + str(c["id"])
    if _wwn is not None and not _wwn.isconnected():
        print(i, "N")
        return
    g = c.get
    server = g("server")
    api = g("api", "f")
    proto = g("protocol")
    kw = g("args", {})
    steps = c["steps"]
    timeout = g("timeout")
    guard = c["guard"]
    cap = c["cap"]
    talk = g("plaintext")
    data = g("data", {})
    _wwgc.collect()
    h = _wwgc.mem_free() if hasattr(_wwgc, "mem_free") else None
    d = {"ssl": _wwm, "socket": _wws, "time": _wwt, "wrapped": None, "sock": None}
    for k in data:
        d[k] = _wwb[data[k]]
    e = f = None
    try:
        e = _wwd(-2, lambda: _wwq(d, server, c["host"], c["port"], guard, proto and "DTLS" in proto), cap)
        if e is None and talk:
            e = _wwd(-3, lambda: _wwtalk(d, talk), cap)
        if e is None:
            if timeout == -1:
                d["sock"].setblocking(False)
            elif timeout is not None:
                d["sock"].settimeout(timeout)
            e = _wwd(-1, lambda: _wwo(api, proto, kw, g("context", ()), d), cap)
            w = e is None
            for n in range(len(steps)):
                if type(e) is KeyboardInterrupt or (e and g("stop")):
                    break
                s = steps[n]
                if s[1] != "python" and not w:
                    continue
                f = _wwd(n, lambda: _wwy(d, s[1:], s[0]), cap)
                e = f or e if type(e) is not KeyboardInterrupt else e
                if timeout is None and f and f.args and f.args[0] in (-110, 110, -116, 116):
                    break
    finally:
        if type(e) is OSError or type(e) is ValueError and e.args and e.args[0] not in _wwu:
            _wwz(d["sock"])
        for k in ("wrapped", "sock", "_l"):
            try:
                d[k].close()
            except BaseException:
                pass
        d.clear()
        c.clear()
        kw = data = steps = talk = e = f = None
        _wwgc.collect()
        print(i, "Z", (h, _wwgc.mem_free() if hasattr(_wwgc, "mem_free") else None))
