# The board as TLS client, many times. Runs on MicroPython 1.18 and later.
import gc
import socket
import time

try:
    import ssl
except ImportError:
    import ussl as ssl


def _sask(host, port, arguments):
    s = socket.socket()
    w = None
    try:
        s.settimeout(15)
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        w = ssl.wrap_socket(s, **arguments)
        w.write(b"ping\n")
        return w.readline() == b"ping\n"
    finally:
        (w or s).close()


def _smany(targets, count, arguments, seconds):
    # Asks the targets in turn; ends with the first failure, or when time is up. (requests that went well, the failure, heap
    # before and after)
    end = time.ticks_add(time.ticks_ms(), seconds * 1000)
    gc.collect()
    before = gc.mem_free()
    done = 0
    error = None
    try:
        for n in range(count):
            if time.ticks_diff(end, time.ticks_ms()) < 0:
                break
            host, port = targets[n % len(targets)]
            if not _sask(host, port, arguments):
                raise ValueError("another answer")
            done += 1
    except (OSError, ValueError, MemoryError) as e:
        error = "%s(%s)" % (type(e).__name__, ", ".join([repr(a) for a in e.args[:1]]))
    gc.collect()
    return done, error, before, gc.mem_free()


def _sparallel(host, port, count, size, at_once):
    # Opens sessions until one fails, then reads from each of them; at once: a byte of each first, so that every session
    # holds a record. (sessions, the failure, bytes read)
    held = []
    error = None
    try:
        for _ in range(count):
            s = socket.socket()
            s.settimeout(15)
            s.connect(socket.getaddrinfo(host, port)[0][-1])
            held.append(s)
            held[-1] = ssl.wrap_socket(s)
    except (OSError, ValueError, MemoryError) as e:
        error = "%s(%s)" % (type(e).__name__, ", ".join([repr(a) for a in e.args[:1]]))
        if held:
            held.pop().close()
    total = 0
    part = bytearray(1024)
    try:
        for w in held:
            w.write(b"go\n")
        if at_once:
            for w in held:
                total += w.readinto(part, 1)
        for w in held:
            left = size - 1 if at_once else size
            while left > 0:
                n = w.readinto(part, min(left, 1024))
                if not n:
                    break
                left -= n
                total += n
    except (OSError, MemoryError) as e:
        error = error or "%s(%s)" % (type(e).__name__, ", ".join([repr(a) for a in e.args[:1]]))
    count = len(held)
    for w in held:
        w.close()
    return count, error, total
