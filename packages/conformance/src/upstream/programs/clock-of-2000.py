import machine
import socket
import ssl

machine.RTC().datetime((2000, 1, 1, 5, 0, 0, 0, 0))  # the clock of an ESP32 at power-on
s = socket.socket()
s.connect(socket.getaddrinfo(HOST, PORT)[0][-1])
try:
    ssl.wrap_socket(s, cert_reqs=ssl.CERT_REQUIRED, cadata=CA, server_hostname=NAME)
    print("connected")
except (OSError, ValueError) as error:
    print("a good certificate was refused:", repr(error))
s.close()
