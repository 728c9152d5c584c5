import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.verify_mode = ssl.CERT_REQUIRED
context.load_verify_locations(cadata=CA)
wrapped = context.wrap_socket(s, server_side=True)
wrapped.write(b"my password\n")
print("connected with CERT_REQUIRED, to a server whose certificate is for another host")
