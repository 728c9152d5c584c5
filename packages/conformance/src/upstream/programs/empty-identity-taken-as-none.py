import socket
import ssl

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(socket.getaddrinfo(HOST, PORT)[0][-1])
listener.listen(1)
print("listening")
s = listener.accept()[0]
listener.close()
try:
    ssl.wrap_socket(s, server_side=True, key=b"", cert=b"")
except OSError as error:
    print("no error before the first client came, then", repr(error))
s.close()
