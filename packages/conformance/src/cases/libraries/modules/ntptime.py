# Ours: asks as micropython-lib's ntptime does, which believes whoever answers.
import socket
import time as clock

host = "pool.ntp.org"
timeout = 1


def time():
    query = bytearray(48)
    query[0] = 0x23
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.settimeout(timeout)
        sock.sendto(query, socket.getaddrinfo(host, 123)[0][-1])
        answer = sock.recv(48)
    finally:
        sock.close()
    since_1900 = int.from_bytes(answer[40:44], "big")
    return since_1900 - (3155673600 if clock.gmtime(0)[0] == 2000 else 2208988800)


def settime():
    now = clock.gmtime(time())
    import machine

    machine.RTC().datetime((now[0], now[1], now[2], now[6] + 1, now[3], now[4], now[5], 0))
