# Handshakes in threads. Needs _thread.
import _thread
import socket
import time

try:
    import ssl
except ImportError:
    import ussl as ssl

# A place for each thread: it is written once, by that thread, so that no lock is needed.
_tends = []


def _tname(e):
    return "%s(%s)" % (type(e).__name__, ", ".join([repr(a) for a in e.args[:1]]))


def _tclient(place, host, port, timeout, count):
    said = []
    for _ in range(count):
        s = socket.socket()
        try:
            s.settimeout(timeout)
            s.connect(socket.getaddrinfo(host, port)[0][-1])
            w = ssl.wrap_socket(s)
            w.write(b"ping\n")
            said.append("completes" if w.readline() == b"ping\n" else "another answer")
            w.close()
        except Exception as e:
            said.append(_tname(e))
        finally:
            s.close()
    _tends[place] = said


def _tserver(place, address, port, timeout, count, key, cert):
    said = []
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(socket.getaddrinfo(address, port)[0][-1])
        listener.listen(2)
        listener.settimeout(timeout)
        _tends[place] = "listens"
        for _ in range(count):
            s = listener.accept()[0]
            try:
                s.settimeout(timeout)
                w = ssl.wrap_socket(s, server_side=True, key=key, cert=cert)
                w.write(w.readline())
                said.append("completes")
                w.close()
            except Exception as e:
                said.append(_tname(e))
            finally:
                s.close()
    except Exception as e:
        said.append(_tname(e))
    finally:
        listener.close()
    _tends[place] = said


def _trun(jobs, stack, seconds):
    # What each thread said by then, None of one that has not ended: the bound is this thread's, which does not handshake.
    global _tends
    _tends = [None] * len(jobs)
    end = time.ticks_add(time.ticks_ms(), seconds * 1000)
    if stack:
        _thread.stack_size(stack)
    try:
        for place in range(len(jobs)):
            kind, arguments = jobs[place]
            _thread.start_new_thread(_tserver if kind == "server" else _tclient, (place,) + tuple(arguments))
            # A client of the board's own server comes once that listens.
            while kind == "server" and _tends[place] is None and time.ticks_diff(end, time.ticks_ms()) > 0:
                time.sleep_ms(10)
    finally:
        if stack:
            _thread.stack_size(0)
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        if all([type(said) is list for said in _tends]):
            break
        time.sleep_ms(20)
    return [said if type(said) is list else None for said in _tends]
