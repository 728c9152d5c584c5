# Ours: makes the same calls to socket and TLS as micropython-lib's umqtt.simple does; of MQTT it has CONNECT and PUBLISH.
import socket


class MQTTException(Exception):
    pass


class MQTTClient:
    def __init__(
        self, client_id, server, port=0, user=None, password=None, keepalive=0, ssl=None, ssl_params={}
    ):
        self.client_id = client_id
        self.server = server
        self.port = port or (8883 if ssl else 1883)
        self.keepalive = keepalive
        self.ssl = ssl
        self.ssl_params = ssl_params
        self.sock = None

    def connect(self, clean_session=True, timeout=None):
        if self.sock:
            self.sock.close()
        self.sock = socket.socket()
        self.sock.settimeout(timeout)
        self.sock.connect(socket.getaddrinfo(self.server, self.port)[0][-1])
        if self.ssl is True:
            import ssl

            self.sock = ssl.wrap_socket(self.sock, **self.ssl_params)
        elif self.ssl:
            self.sock = self.ssl.wrap_socket(self.sock, server_hostname=self.server)
        name = self.client_id
        alive = bytes((self.keepalive >> 8, self.keepalive & 255))
        flags = bytes((clean_session << 1,))
        body = b"\x00\x04MQTT\x04" + flags + alive + bytes((0, len(name))) + name
        self.sock.write(bytes((0x10, len(body))) + body)
        answer = self.sock.read(4)
        assert answer[0] == 0x20 and answer[1] == 2
        if answer[3] != 0:
            raise MQTTException(answer[3])
        return answer[2] & 1

    def publish(self, topic, msg):
        self.sock.write(bytes((0x30, 2 + len(topic) + len(msg), 0, len(topic))) + topic + msg)

    def disconnect(self):
        self.sock.write(b"\xe0\x00")
        self.sock.close()
