import socket
import ssl

s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
wrapped = ssl.wrap_socket(s)
wrapped.write(b"GET\n")
print("read", wrapped.read())
print("no exception: a connection that was cut reads like one that ended properly")
