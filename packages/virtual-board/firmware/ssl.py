# `ssl` as the boards' frozen module offers it, over the engine's own `tls`. Written for Wirewrap; the run record names
# it as ours. Signatures: the official documentation from MicroPython 1.23 on.
import tls
from tls import *

__wirewrap__ = "ssl over tls, by Wirewrap"


def _contents(name_or_data):
    # A string is the name of a file, anything else is the data itself.
    if isinstance(name_or_data, str):
        with open(name_or_data, "rb") as file:
            return file.read()
    return name_or_data


class SSLContext:
    def __init__(self, protocol):
        self._context = tls.SSLContext(protocol)
        # The opposite of the engine's default for clients.
        self._context.verify_mode = CERT_NONE

    @property
    def verify_mode(self):
        return self._context.verify_mode

    @verify_mode.setter
    def verify_mode(self, mode):
        self._context.verify_mode = mode

    def load_cert_chain(self, certfile, keyfile):
        self._context.load_cert_chain(_contents(certfile), _contents(keyfile))

    def load_verify_locations(self, cafile=None, cadata=None):
        # `cafile` is a file's name, bytes too: the boards answer b'junk' with ENOENT.
        if cafile:
            with open(cafile, "rb") as file:
                cadata = file.read()
        self._context.load_verify_locations(cadata)

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, server_hostname=None):
        return self._context.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
        )


def wrap_socket(
    sock,
    server_side=False,
    key=None,
    cert=None,
    cert_reqs=CERT_NONE,
    cadata=None,
    server_hostname=None,
    do_handshake=True,
):
    context = SSLContext(PROTOCOL_TLS_SERVER if server_side else PROTOCOL_TLS_CLIENT)
    if key or cert:
        context.load_cert_chain(cert, key)
    if cadata:
        context.load_verify_locations(cadata=cadata)
    context.verify_mode = cert_reqs
    return context.wrap_socket(sock, server_side, do_handshake, server_hostname)
