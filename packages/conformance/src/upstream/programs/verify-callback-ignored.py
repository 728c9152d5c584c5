import socket
import ssl


def refuse(certificate, depth):
    print("verify_callback was called")
    return -1


s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.verify_mode = ssl.CERT_REQUIRED
context.load_verify_locations(cadata=CA)
context.verify_callback = refuse
wrapped = context.wrap_socket(s, server_hostname=NAME)
wrapped.write(b"my password\n")
print("connected, although verify_callback would have refused")
