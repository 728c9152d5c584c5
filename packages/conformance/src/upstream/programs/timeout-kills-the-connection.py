import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s)
s.settimeout(0.2)
try:
    wrapped.read(1)
except OSError as error:
    print("the read timed out:", repr(error))
s.settimeout(10)
try:
    wrapped.write(b"x")
    print("the server answered", wrapped.read(1))
except OSError as error:
    print("the connection is dead for good:", repr(error))
