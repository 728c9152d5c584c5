# Modules as older firmware has them (`?ssl=1.18`, `1.20`, `1.23`), over the real engine.
import tls
import wirewrap_tls as shape

_KEYWORDS = {
    "1.18": ("key", "cert", "server_side", "server_hostname", "do_handshake"),
    "1.20": ("key", "cert", "server_side", "server_hostname", "do_handshake", "cert_reqs", "cadata"),
}


def old_wrap_socket(version):
    # The C function of up to 1.20: everything but the socket by keyword (extmod/modussl_mbedtls.c).
    known = _KEYWORDS[version]

    def wrap_socket(*args, **keywords):
        if not args:
            raise TypeError("function missing 1 required positional arguments")
        if len(args) > 1:
            raise TypeError("extra positional arguments given")
        for keyword in keywords:
            if keyword not in known:
                raise TypeError("extra keyword arguments given")
        key = keywords.get("key")
        server_side = bool(keywords.get("server_side"))
        hostname = keywords.get("server_hostname")
        mode = keywords.get("cert_reqs", 0)
        context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER if server_side else tls.PROTOCOL_TLS_CLIENT)
        context.verify_mode = mode
        if key is not None:
            context.load_cert_chain(keywords.get("cert"), key)
        if keywords.get("cadata") is not None:
            context.load_verify_locations(keywords["cadata"])
        if mode == 2 and not server_side and hostname is None:
            raise shape.limit("the engine checks the server's name, which firmware 1.20 does not without server_hostname")
        try:
            inner = context.wrap_socket(
                args[0],
                server_side=server_side,
                do_handshake_on_connect=bool(keywords.get("do_handshake", True)),
                server_hostname=hostname,
            )
        except (OSError, ValueError) as error:
            raise shape.old_failure(error, server_side and key is None)
        return shape.ussl(inner, args[0], version)

    return wrap_socket


def install(version, blank, copy):
    # Returns the names that cannot be imported.
    if version == "1.23":
        copy("tls", ("PROTOCOL_DTLS_CLIENT", "PROTOCOL_DTLS_SERVER"), SSLContext=shape.SSLContext)
        return ()
    ssl = blank("ssl")
    ssl.wrap_socket = old_wrap_socket(version)
    if version == "1.20":
        ssl.CERT_NONE = 0
        ssl.CERT_OPTIONAL = 1
        ssl.CERT_REQUIRED = 2
    import wirewrap_uzlib

    uzlib = blank("uzlib")
    uzlib.DecompIO = wirewrap_uzlib.DecompIO
    uzlib.decompress = wirewrap_uzlib.decompress
    return ("tls", "deflate", "vfs")
