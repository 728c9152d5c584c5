# The board as TLS server under siege. Runs on MicroPython 1.18 and later.
import gc
import socket
import time

try:
    import ssl
except ImportError:
    import ussl as ssl

_sheld = []


def _slisten(address, port):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(socket.getaddrinfo(address, port)[0][-1])
    s.listen(8)
    return s


def _sjunk(address, port, count, key, cert):
    # Takes peers that send junk and keeps what their failed handshakes left.
    s = _slisten(address, port)
    s.settimeout(20)
    print("listening")
    failed = 0
    for _ in range(count):
        c = s.accept()[0]
        c.settimeout(5)
        w = ssl.wrap_socket(c, server_side=True, key=key, cert=cert, do_handshake=False)
        try:
            w.read(1)
        except OSError:
            failed += 1
        _sheld.append(w)
        c = w = None
    s.close()
    return failed


def _sclose():
    for w in _sheld:
        try:
            w.close()
        except OSError:
            pass


def _sdrop():
    _sheld.clear()
    gc.collect()


def _sserve(address, port, seconds, timeout, key, cert):
    # A server as the documentation writes it, one peer after the other, until time is up.
    s = _slisten(address, port)
    s.settimeout(1)
    print("listening")
    end = time.ticks_add(time.ticks_ms(), seconds * 1000)
    served = failed = 0
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        try:
            c = s.accept()[0]
        except OSError:
            continue
        c.settimeout(timeout)
        w = None
        try:
            w = ssl.wrap_socket(c, server_side=True, key=key, cert=cert)
            w.write(w.readline())
            served += 1
        except (OSError, ValueError):
            failed += 1
        (w or c).close()
    s.close()
    return served, failed
