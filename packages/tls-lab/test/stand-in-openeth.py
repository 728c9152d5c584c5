# The `network` module of an ESP32 firmware in QEMU, which has the Ethernet of `-nic user,model=open_eth` and no radio.
# `cable` is what QEMU plugs in; the address comes by DHCP a moment after the interface is active.
import sys
import time


class LAN:
    cable = True
    made = []
    started = None

    def __init__(self, **arguments):
        if not arguments:
            raise TypeError("phy_addr argument required")
        LAN.made.append(arguments)

    def active(self, value=None):
        if value and LAN.started is None:
            LAN.started = time.ticks_ms()
        return LAN.started is not None

    def isconnected(self):
        return LAN.cable and self.active() and time.ticks_diff(time.ticks_ms(), LAN.started) > 300

    def status(self):
        return 5 if self.isconnected() else 0

    def ifconfig(self):
        return ("10.0.2.15", "255.255.255.0", "10.0.2.2", "10.0.2.3")


class WLAN:
    def __init__(self, interface):
        # The driver waits for a radio that never answers.
        while True:
            time.sleep(1)


class Network:
    pass


Network.LAN = LAN
Network.WLAN = WLAN
Network.PHY_OPENETH = 100
Network.STA_IF = 0
sys.modules["network"] = Network
