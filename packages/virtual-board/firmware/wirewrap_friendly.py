# The friendly REPL: prompt, continuation lines, paste mode.
import sys
import wirewrap_link as link
import wirewrap_run as run
from wirewrap_readline import Reader

# Taken before a program runs, which may replace the built-ins.
bytes, isinstance, len, max, range, str = bytes, isinstance, len, max, range, str


def _out(text):
    link.send_bytes(text if isinstance(text, bytes) else text.encode())


def banner():
    # Same form as the boards': version; machine.
    version = sys.version
    version = version[version.find("MicroPython") :] if "MicroPython" in version else version
    _out(version + "; " + sys.implementation._machine + '\r\nType "help()" for more information.\r\n')


def continues(text):
    # Does the statement go on, as py/repl.c decides it?
    if not text:
        return False
    word = text
    for i in range(len(text)):
        if not (text[i].isalpha() or text[i].isdigit() or text[i] == "_"):
            word = text[:i]
            break
    compound = text[0] == "@" or word in ("if", "while", "for", "try", "with", "def", "class", "async")
    depth = {"(": 0, "[": 0, "{": 0}
    quote = ""
    i = 0
    n = len(text)
    while i < n:
        c = text[i]
        if c in "'\"":
            triple = c * 3
            if quote in ("", triple) and text[i : i + 3] == triple:
                i += 2
                quote = "" if quote else triple
            elif quote in ("", c):
                quote = "" if quote else c
        elif c == "\\" and i + 1 < n and text[i + 1] in "'\"\\":
            if quote:
                i += 1
        elif not quote:
            if c in depth:
                depth[c] += 1
            elif c in ")]}":
                depth["([{"[")]}".find(c)]] -= 1
        i += 1
    if len(quote) == 3:
        return True
    if not quote and max(depth.values()) > 0:
        return True
    if text[-1] == "\\":
        return True
    return compound and text[-1] != "\n"


def repl(sys_proxy):
    # True: reboot. False: Ctrl-A, raw REPL.
    banner()
    while True:
        code, text = Reader(str(sys_proxy.ps1)).run("")
        kind = "single"
        if code == 1:
            _out(b"\r\n")
            return False
        if code == 2:
            _out(b"\r\n")
            banner()
            continue
        if code == 3:
            _out(b"\r\n")
            continue
        if code == 4:
            _out(b"\r\n")
            return True
        if code == 5:
            text = _paste()
            if text is None:
                continue
            kind = "exec"
        elif not text:
            continue
        else:
            cancelled = False
            while continues(text):
                text += "\n"
                code, text = Reader(str(sys_proxy.ps2)).run(text)
                if code == 3:
                    _out(b"\r\n")
                    cancelled = True
                    break
                if code == 4:
                    break
            if cancelled:
                continue
        function, error = run.pasted(text) if kind == "exec" else run.code(text, kind)
        text = None
        if run.execute(function, error):
            return True


def _paste():
    _out(b"\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ")
    text = b""
    while True:
        for c in link.read(256, link.CONTROL):
            if c == 3:
                _out(b"\r\n")
                return None
            if c == 4:
                _out(b"\r\n")
                return text
            text += bytes((c,))
            _out(b"\r\n=== " if c == 13 else bytes((c,)))
