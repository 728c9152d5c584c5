import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s, do_handshake=False)
try:
    wrapped.write(b"x")
except Exception as error:
    print("the handshake failed:", repr(error))
try:
    wrapped.setblocking(False)
except Exception as error:
    print("survived:", repr(error))
