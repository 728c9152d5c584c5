import tls

context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
one = context.get_ciphers()[:1]
context.set_ciphers(one)
left = context.get_ciphers()
if left != one:
    print("still", len(left), "ciphers after set_ciphers() of one")
