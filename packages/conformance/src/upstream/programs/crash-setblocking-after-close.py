import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s)
wrapped.close()
try:
    wrapped.setblocking(False)
except Exception as error:
    print("survived:", repr(error))
