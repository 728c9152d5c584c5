# A `network` module for a board without radio: joins SSID 'lab' with password 'open sesame', and 'free' without one.
import sys
import time


class WLAN:
    joined = None
    active_ = False
    calls = []
    # What boot.py began: (ticks_ms at which it is joined, name).
    joining = None
    # How often connect() is refused, as it is while the station is connecting still (micropython #17661).
    busy = 0

    def __init__(self, interface):
        pass

    def active(self, value=None):
        if value is not None:
            WLAN.active_ = value
        return WLAN.active_

    def connect(self, *args):
        WLAN.calls.append(len(args))
        if WLAN.busy > 0:
            WLAN.busy -= 1
            raise OSError("Wifi Internal Error")
        if args[0] == "broken":
            raise OSError("Wifi Internal Error")
        if args == ("lab", "open sesame") or args == ("free",):
            WLAN.joined = args[0]

    def disconnect(self):
        WLAN.joined = WLAN.joining = None

    def isconnected(self):
        if WLAN.joining and time.ticks_diff(time.ticks_ms(), WLAN.joining[0]) > 0:
            WLAN.joined = WLAN.joining[1]
        return WLAN.joined is not None

    def status(self):
        return 1010 if WLAN.joined else 1001 if WLAN.joining else 201

    def ifconfig(self):
        return ("127.0.0.1", "255.0.0.0", "127.0.0.1", "127.0.0.1")


class Network:
    pass


Network.WLAN = WLAN
Network.STA_IF = 0
sys.modules["network"] = Network
