import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s, do_handshake=False)
print(wrapped.cipher())
print("survived")
