# Ours: as micropython-lib's umqtt.robust, it connects again for as long as there is an OSError.
import time

from umqtt import simple


class MQTTClient(simple.MQTTClient):
    DELAY = 2

    def reconnect(self):
        count = 0
        while True:
            try:
                return super().connect(False)
            except OSError:
                count += 1
                time.sleep(min(count, self.DELAY))

    def publish(self, topic, msg):
        while True:
            try:
                return super().publish(topic, msg)
            except OSError:
                pass
            self.reconnect()
