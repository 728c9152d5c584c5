# A boot: boot.py, main.py unless the raw REPL is on, then the REPL until a soft reset.
import wirewrap_friendly as friendly
import wirewrap_link as link
import wirewrap_raw as raw
import wirewrap_run as run


def main(config, sys):
    is_raw = config["raw"]
    link.send(b"U")
    reboot = run.file("boot.py")
    if not reboot and not is_raw:
        reboot = run.file("main.py")
    while not reboot:
        if is_raw:
            reboot = raw.repl()
            is_raw = reboot
        else:
            reboot = friendly.repl(sys)
            is_raw = not reboot
    link.send_bytes(b"MPY: soft reboot\r\n")
    link.send(b"S", b"\x01" if is_raw else b"\x00")
