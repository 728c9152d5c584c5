import os
import socket
import ssl

with open("cafile.der", "wb") as file:
    file.write(CA)
s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.verify_mode = ssl.CERT_REQUIRED
try:
    context.load_verify_locations(cafile="cafile.der", cadata=b"no certificate at all")
    context.wrap_socket(s, server_hostname=NAME)
    print("connected, although cadata is no certificate")
finally:
    os.remove("cafile.der")
s.close()
