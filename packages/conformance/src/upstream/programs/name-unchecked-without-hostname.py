import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s, cert_reqs=ssl.CERT_REQUIRED, cadata=CA)
wrapped.write(b"my password\n")
print("connected with CERT_REQUIRED, to a server whose certificate is for another host")
