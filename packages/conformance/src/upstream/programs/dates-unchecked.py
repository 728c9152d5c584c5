import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s, cert_reqs=ssl.CERT_REQUIRED, cadata=CA, server_hostname=NAME)
wrapped.write(b"my password\n")
print("connected with CERT_REQUIRED, although the certificate has expired")
