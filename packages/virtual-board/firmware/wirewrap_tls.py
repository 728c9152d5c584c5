# What the objects of older firmware look like, over the engine's own `tls`: names, methods, errors. Every handshake is
# the engine's. Where the engine cannot do what that firmware did, VirtualBoardLimit says so.
import io
import select
import tls
import wirewrap_errors as errors

_POLL = 3
_ETIMEDOUT = 110
# BAD_PROTOCOL_VERSION, and what mbedTLS raises from 3.6.3 on when nobody said which name to check.
_OLD_VERSION = -0x6E80
_NO_HOSTNAME = -0x5D80


class VirtualBoardLimit(NotImplementedError):
    pass


def limit(text):
    return VirtualBoardLimit(text)


class _Wrapped(io.IOBase):
    def __init__(self, inner):
        self._inner = inner

    def _reraise(self, error):
        raise error

    def read(self, *args):
        try:
            return self._inner.read(*args)
        except (OSError, ValueError) as error:
            self._reraise(error)

    def readinto(self, *args):
        try:
            return self._inner.readinto(*args)
        except (OSError, ValueError) as error:
            self._reraise(error)

    def readline(self, *args):
        try:
            return self._inner.readline(*args)
        except (OSError, ValueError) as error:
            self._reraise(error)

    def write(self, *args):
        try:
            return self._inner.write(*args)
        except (OSError, ValueError) as error:
            self._reraise(error)

    def close(self):
        return self._inner.close()

    def setblocking(self, flag):
        return self._inner.setblocking(flag)

    def getpeercert(self, *args):
        return self._inner.getpeercert(*args)

    def ioctl(self, request, argument):
        if request == _POLL:
            poll = select.poll()
            poll.register(self._inner, argument)
            for entry in poll.poll(0):
                return entry[1]
            return 0
        return -1


# The class name is what an AttributeError names.
class ussl(_Wrapped):
    def __init__(self, inner, raw, version):
        _Wrapped.__init__(self, inner)
        self._raw = raw
        self._version = version
        self._broken = False
        self._timed_out = False

    def __repr__(self):
        return "<_SSLSocket %x>" % id(self)

    def _reraise(self, error):
        # Up to 1.21 reads and writes raise the number alone, in a deferred handshake too.
        self._broken = True
        if not isinstance(error, OSError):
            error = old_failure(error, False)
            if isinstance(error, VirtualBoardLimit):
                raise error
        code = error.args[0]
        if code == _OLD_VERSION:
            raise old_failure(error, False)
        if self._timed_out:
            raise limit("after a timeout the engine's socket stays dead; firmware up to 1.19 reads on")
        self._timed_out = self._version == "1.18" and abs(code) == _ETIMEDOUT
        raise OSError(code)

    def close(self):
        # 1.18 keeps the closed socket and hands setblocking on to it; from 1.20 on it crashes, as the engine does.
        self._broken = self._version == "1.18"
        return self._inner.close()

    def setblocking(self, flag):
        # After a failed handshake the engine has let go of the socket (and crashes), these firmwares have not.
        return (self._raw if self._broken else self._inner).setblocking(flag)


class SSLSocket(_Wrapped):
    def __repr__(self):
        return "<SSLSocket>"

    def _reraise(self, error):
        raise new_failure(error)

    def cipher(self):
        return self._inner.cipher()


def new_failure(error):
    # 1.22 and later: as the engine, with the name instead of the sentence.
    if isinstance(error, OSError) and len(error.args) > 1 and error.args[0] < 0:
        if error.args[0] == _NO_HOSTNAME:
            return limit("the engine's mbedTLS insists on a name to check, which firmware up to 1.25 does not")
        return OSError(error.args[0], errors.name(error.args[0], False))
    return error


def old_failure(error, without_certificate):
    # Up to 1.20: one error for a certificate that does not verify, 2.x numbers where they differ.
    if isinstance(error, OSError):
        if error.args[0] == _OLD_VERSION:
            return limit("the engine speaks TLS 1.2 and 1.3 only; firmware up to 1.20 speaks 1.0 and 1.1 too")
        if len(error.args) > 1 and error.args[0] < 0:
            code = error.args[0]
            if code == -0x6E00:
                code = -0x6980 if without_certificate else -0x7380
            return OSError(code, errors.name(code, True))
        return error
    text = error.args[0] if error.args else ""
    if not isinstance(text, str) or not text.startswith("\n"):
        return error
    for line in text.split("\n"):
        if line and "validity" not in line:
            return OSError(-0x2700, errors.name(-0x2700, True))
    return limit("the engine refuses a certificate for its dates, which firmware up to 1.21 does not check")


class SSLContext:
    # `tls.SSLContext` as 1.23 has it.
    def __init__(self, protocol):
        self._engine = tls.SSLContext(protocol)

    @property
    def verify_mode(self):
        return self._engine.verify_mode

    @verify_mode.setter
    def verify_mode(self, mode):
        self._engine.verify_mode = mode

    @property
    def verify_callback(self):
        return self._engine.verify_callback

    @verify_callback.setter
    def verify_callback(self, callback):
        self._engine.verify_callback = callback

    def load_cert_chain(self, *args):
        self._engine.load_cert_chain(*args)

    def load_verify_locations(self, *args):
        self._engine.load_verify_locations(*args)

    def get_ciphers(self):
        return self._engine.get_ciphers()

    def set_ciphers(self, ciphers):
        self._engine.set_ciphers(ciphers)

    def wrap_socket(self, *args, **keywords):
        try:
            return SSLSocket(self._engine.wrap_socket(*args, **keywords))
        except (OSError, ValueError) as error:
            raise new_failure(error)


def visible(names):
    # For dir(): the stream protocol's own method has no name on a board.
    return [name for name in names if name != "ioctl"]
