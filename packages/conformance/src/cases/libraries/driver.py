# Uses what people import, each in the way of its own documentation. Runs on MicroPython 1.18 and later.
import gc
import sys
import time

try:
    import asyncio
except ImportError:
    try:
        import uasyncio as asyncio
    except ImportError:
        asyncio = None
try:
    import ssl
except ImportError:
    import ussl as ssl

_LFOLDER = "/wirewrap_lib"


def _lfind(name):
    # A firmware's own module comes first, as it does for its user. (True where the firmware has it)
    own = _LFOLDER not in sys.path
    if own:
        try:
            __import__(name)
            return True
        except ImportError:
            sys.path.append(_LFOLDER)
    __import__(name)
    return False


def _lforget(names):
    if _LFOLDER in sys.path:
        sys.path.remove(_LFOLDER)
    for n in names:
        sys.modules.pop(n, None)
    gc.collect()


def _lcontext(ca):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.verify_mode = ssl.CERT_REQUIRED
    c.load_verify_locations(cadata=ca)
    return c


def _lurl(host, port):
    return "https://%s:%d/wirewrap_got.py" % (host, port)


def _lrequests(host, port, ca, seconds):
    import requests

    more = {} if seconds is None else {"timeout": seconds}
    if ca is not None:
        # There is no parameter for it: what a firmware says to one is the answer.
        more["ssl"] = _lcontext(ca)
    r = requests.get(_lurl(host, port), **more)
    try:
        return r.text
    finally:
        r.close()


def _lmip(host, port, ca, seconds):
    import mip

    more = {} if ca is None else {"ssl": _lcontext(ca)}
    mip.install(_lurl(host, port), target=_LFOLDER, **more)
    with open(_LFOLDER + "/wirewrap_got.py") as f:
        return f.read()


def _lmqtt(client, host, port, ca, seconds):
    c = client(b"wirewrap", host, port, ssl=True if ca is None else _lcontext(ca))
    more = {} if seconds is None else {"timeout": seconds}
    try:
        c.connect(**more)
        c.publish(b"t", b"m")
        c.disconnect()
    finally:
        if c.sock:
            c.sock.close()
    return "hello\n"


def _lsimple(host, port, ca, seconds):
    from umqtt.simple import MQTTClient

    return _lmqtt(MQTTClient, host, port, ca, seconds)


def _lrobust(host, port, ca, seconds):
    from umqtt.robust import MQTTClient

    return _lmqtt(MQTTClient, host, port, ca, seconds)


async def _laiohttp(host, port, ca, seconds):
    import aiohttp

    more = {} if ca is None else {"ssl": _lcontext(ca)}

    async def ask():
        async with aiohttp.ClientSession() as session:
            async with session.get(_lurl(host, port), **more) as answer:
                return await answer.text()

    return await _lwithin(ask(), seconds)


async def _lopen(host, port, ca, seconds):
    async def ask():
        r, w = await asyncio.open_connection(host, port, ssl=True if ca is None else _lcontext(ca))
        try:
            w.write(b"GET / HTTP/1.0\r\n\r\n")
            await w.drain()
            data = await r.read(-1)
            return str(data, "utf-8").split("\r\n\r\n", 1)[-1]
        finally:
            w.close()
            await w.wait_closed()

    return await _lwithin(ask(), seconds)


async def _lwithin(coroutine, seconds):
    if seconds is None:
        return await coroutine
    return await asyncio.wait_for(coroutine, seconds)


_LUSES = {
    "requests": _lrequests,
    "mip": _lmip,
    "umqtt.simple": _lsimple,
    "umqtt.robust": _lrobust,
    "aiohttp": _laiohttp,
    "asyncio.open_connection": _lopen,
}


_LWAITS = ("aiohttp", "asyncio.open_connection")


def _luse(name, host, port, ca, seconds):
    v = _LUSES[name](host, port, ca, seconds)
    return asyncio.run(v) if name in _LWAITS else v


async def _lbeside(name, host, port, seconds):
    worst = 0
    over = False

    async def tick():
        nonlocal worst
        while not over:
            t = time.ticks_ms()
            await asyncio.sleep_ms(10)
            worst = max(worst, time.ticks_diff(time.ticks_ms(), t) - 10)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep_ms(50)
    try:
        v = _LUSES[name](host, port, None, seconds)
        if name in _LWAITS:
            await v
    except Exception:
        pass
    await asyncio.sleep_ms(20)
    over = True
    await ticking
    return worst


def _lstall(name, host, port, seconds):
    # The longest time for which another task of the program stood still, in milliseconds.
    return asyncio.run(_lbeside(name, host, port, seconds))


def _lmany(name, host, port, count):
    for _ in range(count):
        try:
            _luse(name, host, port, None, 10)
        except Exception:
            pass


async def _lmicrodot(address, port, c, seconds):
    from microdot import Microdot

    app = Microdot()

    @app.get("/")
    def index(request):
        return "hello\n"

    async def end():
        await asyncio.sleep(seconds)
        app.shutdown()

    stop = asyncio.create_task(end())
    print("listening")
    try:
        await app.start_server(address, port, ssl=c)
    finally:
        stop.cancel()


async def _lstart(address, port, c, seconds):
    async def answer(r, w):
        try:
            await r.readline()
            w.write(b"HTTP/1.0 200 OK\r\n\r\nhello\n")
            await w.drain()
        except (OSError, ValueError):
            pass
        w.close()
        await w.wait_closed()

    s = await asyncio.start_server(answer, address, port, ssl=c)
    print("listening")
    await asyncio.sleep(seconds)
    s.close()
    await s.wait_closed()


def _lserve(name, address, port, key, cert, ca, seconds):
    # (an exception that ended the server before its time, or None)
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(cert, key)
    if ca is not None:
        c.verify_mode = ssl.CERT_REQUIRED
        c.load_verify_locations(cadata=ca)
    use = _lmicrodot if name == "microdot" else _lstart
    t = time.ticks_ms()
    try:
        asyncio.run(use(address, port, c, seconds))
    except (asyncio.CancelledError, Exception) as e:
        if time.ticks_diff(time.ticks_ms(), t) < seconds * 1000 - 200:
            return type(e).__name__
    return None


def _lclock(host):
    import ntptime

    ntptime.host = host
    ntptime.settime()
    return time.gmtime()[0]
