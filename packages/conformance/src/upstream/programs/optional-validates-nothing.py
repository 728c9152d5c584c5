import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s, cert_reqs=ssl.CERT_OPTIONAL, cadata=CA, server_hostname=NAME)
wrapped.write(b"my password\n")
print("connected, although the certificate was signed by somebody else than cadata")
