# A `network` module for a board without radio: joins SSID 'lab' with password 'open sesame', and 'free' without one.
import sys


class WLAN:
    joined = None
    active_ = False
    calls = []

    def __init__(self, interface):
        pass

    def active(self, value=None):
        if value is not None:
            WLAN.active_ = value
        return WLAN.active_

    def connect(self, *args):
        WLAN.calls.append(len(args))
        if args[0] == "broken":
            raise OSError("Wifi Internal Error")
        if args == ("lab", "open sesame") or args == ("free",):
            WLAN.joined = args[0]

    def disconnect(self):
        WLAN.joined = None

    def isconnected(self):
        return WLAN.joined is not None

    def status(self):
        return 1010 if WLAN.joined else 201

    def ifconfig(self):
        return ("127.0.0.1", "255.0.0.0", "127.0.0.1", "127.0.0.1")


class Network:
    pass


Network.WLAN = WLAN
Network.STA_IF = 0
sys.modules["network"] = Network
