# Sockets as ESP32 firmware before 1.22 has them, on a network that swallows every SYN: connect() of a socket that
# blocks is deaf for 18 s, whatever its timeout (ports/esp32/modsocket.c); without blocking it is EINPROGRESS (newlib: 119).
import io
import socket as real
import sys
import time


class Swallowed(io.IOBase):
    blocking = True

    def connect(self, address):
        if not self.blocking:
            raise OSError(119)
        time.sleep(18)
        raise OSError(113)

    def setblocking(self, value):
        self.blocking = value

    def settimeout(self, value):
        self.blocking = value != 0

    def recv(self, count):
        raise OSError(128)

    def ioctl(self, request, argument):
        # Nothing to poll for (3), and no file number (10).
        return 0 if request == 3 else -22

    def close(self):
        pass


class Sockets:
    def __getattr__(self, name):
        return getattr(real, name)

    def socket(self, *arguments):
        return Swallowed()


sys.modules["socket"] = sys.modules["usocket"] = Sockets()
