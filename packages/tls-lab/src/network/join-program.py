# Finds a connected interface or joins a Wi-Fi network; leaves it in `_wwn`, which every case asks whether it is
# still connected. Prints one line: what came of it. MicroPython 1.18 or newer.
import time as _wwt


def _wwf(n):
    # Also what boot.py made, such as network.LAN, whose constructor wants pins that only it knows.
    for w in list(globals().values()):
        try:
            if not isinstance(w, type) and w.isconnected() and _wwa(w):
                return w
        except Exception:
            pass
    try:
        w = n.WLAN(n.STA_IF)
        if w.active() and w.isconnected():
            return w
    except Exception:
        pass


def _wwa(w):
    # ifconfig() is on its way out.
    try:
        return w.ifconfig()[:3]
    except AttributeError:
        return w.ipconfig("addr4") + (w.ipconfig("gw4"),)


def _wwj(ssid, password, country, ms):
    global _wwn
    try:
        import network as n
    except ImportError:
        _wwn = None
        return ("no network module",)
    t = _wwt.ticks_ms()
    w = _wwf(n)
    s = 0
    if w is None and ssid is not None:
        if country and hasattr(n, "country"):
            n.country(country)
        w = n.WLAN(n.STA_IF)
        w.active(True)
        try:
            w.disconnect()
        except OSError:
            pass
        w.connect(*((ssid, password) if password else (ssid,)))
        while not w.isconnected() and _wwt.ticks_diff(_wwt.ticks_ms(), t) < ms:
            _wwt.sleep_ms(100)
            try:
                s = w.status()
            except Exception:
                pass
        if not w.isconnected():
            w.disconnect()
            w = None
    _wwn = w
    if w is None:
        return ("not connected", s)
    return ("connected", _wwa(w), _wwt.ticks_diff(_wwt.ticks_ms(), t))
