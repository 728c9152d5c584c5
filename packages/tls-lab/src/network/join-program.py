# Finds a connected interface or joins a Wi-Fi network; leaves it in `_wwn`, which every case asks whether it is
# still connected. Prints one line: the result. MicroPython 1.18 or newer.
_wwt = _ww.m("time")


def _wwlan(n):
    # The Ethernet of QEMU, which is the only interface there: WLAN() would wait for a radio. None elsewhere.
    if not hasattr(n, "PHY_OPENETH"):
        return None
    w = n.LAN(phy_type=n.PHY_OPENETH, phy_addr=1)
    w.active(True)
    return w


def _wwf(n, ms):
    # What is connected: the station, or what boot.py made, such as network.LAN, whose constructor wants pins that only
    # it knows. What boot.py began gets ms milliseconds (status 1001: STAT_CONNECTING; 1 and 3: a LAN started, linked).
    t = _wwt.ticks_ms()
    o = object()
    e = _wwlan(n)
    while True:
        p = False
        for w in list(globals().values()) + [e or o]:
            try:
                if w is o:
                    # Last, and not beside a LAN: this starts the driver of the Wi-Fi, which takes 50 KB.
                    w = None if p else n.WLAN(getattr(n, "STA_IF", 0))
                if isinstance(w, type):
                    continue
                if w.isconnected() and _wwa(w):
                    return w
                p = p or w is e or w.active() and w.status() in (1001, 1, 3)
            except Exception:
                pass
        if not p or _wwt.ticks_diff(_wwt.ticks_ms(), t) > ms:
            return None
        _wwt.sleep_ms(100)


def _wwa(w):
    # ifconfig() is on its way out.
    try:
        return w.ifconfig()[:3]
    except AttributeError:
        return w.ipconfig("addr4") + (w.ipconfig("gw4"),)


def _www(w, a):
    # While the station is busy with another network, connect() is refused (micropython #17661).
    for k in range(20):
        try:
            w.disconnect()
        except Exception:
            pass
        try:
            w.connect(*a)
            return
        except OSError:
            if k == 19:
                raise
            _wwt.sleep_ms(100)


def _wwj(ssid, password, country, ms):
    global _wwn
    try:
        import network as n
    except ImportError:
        _wwn = None
        return ("no network module",)
    t = _wwt.ticks_ms()
    w = _wwf(n, ms // 2)
    s = 0
    if w is None and hasattr(n, "PHY_OPENETH"):
        return ("no address",)
    if w is None and ssid is not None:
        if country and hasattr(n, "country"):
            n.country(country)
        w = n.WLAN(getattr(n, "STA_IF", 0))
        w.active(True)
        _www(w, (ssid, password) if password else (ssid,))
        t = _wwt.ticks_ms()
        while not w.isconnected() and _wwt.ticks_diff(_wwt.ticks_ms(), t) < ms:
            _wwt.sleep_ms(100)
            try:
                s = w.status()
            except Exception:
                pass
        if not w.isconnected():
            try:
                w.disconnect()
            except Exception:
                pass
            w = None
    _wwn = w
    if w is None:
        return ("not connected", s)
    return ("connected", _wwa(w), _wwt.ticks_diff(_wwt.ticks_ms(), t))


# What compiling took lies below what stays, and would cut the heap into pieces.
_ww.m("gc").collect()
