import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s)
wrapped.write(b"my password\n")
print("connected, to a server whose certificate nobody signed")
