# Ours: makes the same calls to socket and TLS as micropython-lib's requests does, and no more of HTTP than a test needs.
import socket

try:
    import tls
except ImportError:
    tls = None


class Response:
    def __init__(self, raw, status):
        self.raw = raw
        self.status_code = status

    @property
    def content(self):
        try:
            return self.raw.read()
        finally:
            self.close()

    @property
    def text(self):
        return str(self.content, "utf-8")

    def close(self):
        if self.raw:
            self.raw.close()
            self.raw = None


def _secured(sock, name):
    if tls is None:
        import ssl

        return ssl.wrap_socket(sock, server_hostname=name)
    context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
    context.verify_mode = tls.CERT_NONE
    return context.wrap_socket(sock, server_hostname=name)


def get(url, timeout=None):
    scheme, _, place, path = url.split("/", 3)
    name, _, port = place.partition(":")
    secure = scheme == "https:"
    sock = socket.socket()
    if timeout is not None:
        sock.settimeout(timeout)
    try:
        sock.connect(socket.getaddrinfo(name, int(port or (443 if secure else 80)))[0][-1])
        if secure:
            sock = _secured(sock, name)
        sock.write(b"GET /%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % (path, name))
        status = sock.readline().split(None, 2)
        if len(status) < 2:
            raise ValueError("no status line")
        while True:
            line = sock.readline()
            if not line or line == b"\r\n":
                break
    except OSError:
        sock.close()
        raise
    return Response(sock, int(status[1]))
