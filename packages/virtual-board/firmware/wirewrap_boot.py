# Started by the host as `micropython -c "__import__('wirewrap_boot')"`: turns the unix port into a board.
import gc, json, os

config = json.loads(os.getenv("WIREWRAP_CONFIG"))

try:
    # Dies with the host process, even in a program that reads nothing: prctl(PR_SET_PDEATHSIG, SIGKILL).
    import ffi

    ffi.open(None).func("i", "prctl", "iL")(1, 9)
    del ffi
except Exception:
    pass

import wirewrap_link

wirewrap_link.begin(bytes([int(config["mark"][i : i + 2], 16) for i in range(0, len(config["mark"]), 2)]))

try:
    import struct
    import wirewrap_interrupt

    place = wirewrap_interrupt.find(globals())
    if place:
        wirewrap_link.send(b"V", struct.pack("<QQ", place[0], place[1]))
except ImportError:
    pass
gc.collect()
import wirewrap_flash

wirewrap_flash.open_image(3, config["flashUs"])
gc.collect()
import wirewrap_readline

gc.collect()
import wirewrap_stdio

gc.collect()
import wirewrap_modules

gc.collect()
import wirewrap_run

gc.collect()
import wirewrap_raw

gc.collect()
import wirewrap_friendly

gc.collect()
import wirewrap_main

gc.collect()
proxy = wirewrap_modules.install(config)
wirewrap_flash.mount()
gc.collect()
wirewrap_main.main(config, proxy)
