import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s)
wrapped.write(b"done\n")
wrapped.close()
print("closed")
