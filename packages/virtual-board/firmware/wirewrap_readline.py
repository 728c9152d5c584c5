# The line editor of the friendly REPL, as shared/readline/readline.c of the boards.
import wirewrap_link as link

# Taken before a program runs, which may replace the built-ins.
chr, len = chr, len

HISTORY = 8
_history = []


class Reader:
    def __init__(self, prompt):
        self._prompt = prompt

    def run(self, text):
        # Returns (0 or the control byte that ended it, text).
        self._line = text
        self._start = len(text)
        self._cursor = len(text)
        self._out = self._prompt
        self._just_indented = False
        self._indent()
        self._send()
        escape = ""
        shown = -1
        while True:
            data = link.read(1)
            c = data[0] if data else 0
            line = self._line
            back = ahead = 0
            redraw = False
            key = ""
            if escape:
                escape += chr(c)
                if escape in ("\x1b[", "\x1bO") or (len(escape) == 3 and escape[1] == "[" and 48 <= c <= 57):
                    continue
                key = {
                    "[A": "up", "[B": "down", "[C": "right", "[D": "left", "[H": "home", "[F": "end",
                    "OH": "home", "OF": "end", "[1~": "home", "[7~": "home", "[4~": "end", "[8~": "end",
                    "[3~": "delete",
                }.get(escape[1:], "none")
                escape = ""
            elif 1 <= c <= 5 and len(line) == self._start:
                return c, line
            elif c == 3:
                return c, line
            elif c == 13:
                self._out = "\r\n"
                self._send()
                self._remember(line[self._start :])
                return 0, line
            elif c == 27:
                escape = "\x1b"
                continue
            else:
                key = {1: "home", 2: "left", 4: "delete", 5: "end", 6: "right", 14: "down", 16: "up", 8: "erase", 127: "erase"}.get(c, "")
            if key == "home":
                back = self._cursor - self._start
            elif key == "end":
                ahead = len(line) - self._cursor
            elif key == "left":
                back = 1 if self._cursor > self._start else 0
            elif key == "right":
                ahead = 1 if self._cursor < len(line) else 0
            elif key == "delete":
                if self._cursor < len(line):
                    self._line = line[: self._cursor] + line[self._cursor + 1 :]
                    redraw = True
            elif key == "erase":
                if self._cursor > self._start:
                    before = line[self._start : self._cursor]
                    back = 4 if not before.strip(" ") and len(before) >= 4 else 1
                    self._line = line[: self._cursor - back] + line[self._cursor :]
                    redraw = True
            elif key in ("up", "down"):
                if key == "up" and shown + 1 < len(_history):
                    shown += 1
                elif key == "down" and shown >= 0:
                    shown -= 1
                else:
                    key = ""
                if key:
                    self._line = line[: self._start] + (_history[shown] if shown >= 0 else "")
                    back = self._cursor - self._start
                    ahead = len(self._line) - self._start
                    redraw = True
            elif c == 11:
                self._line = line[: self._cursor]
                redraw = True
            elif c == 21:
                self._line = line[: self._start] + line[self._cursor :]
                back = self._cursor - self._start
                redraw = True
            elif self._just_indented and c in (9, 32):
                self._just_indented = False
                if c == 32:
                    self._line = line[:-3]
                    back = 3
            elif c == 9:
                if line and line[self._cursor - 1 : self._cursor].isspace():
                    self._line = line[: self._cursor] + "    " + line[self._cursor :]
                    ahead = 4
                    redraw = True
            elif 32 <= c <= 126:
                self._line = line[: self._cursor] + chr(c) + line[self._cursor :]
                ahead = 1
                redraw = True
            self._just_indented = self._just_indented and not (redraw or back or ahead)
            self._redraw(line, back, ahead, redraw)

    def _redraw(self, before, back, ahead, redraw):
        self._out = ""
        if back:
            self._move_back(back)
            self._cursor -= back
        if redraw:
            if len(self._line) < len(before):
                self._out += "\x1b[K"
            self._out += self._line[self._cursor :]
            self._move_back(len(self._line) - (self._cursor + ahead))
            self._cursor += ahead
        elif ahead:
            self._out += self._line[self._cursor : self._cursor + ahead]
            self._cursor += ahead
        self._send()

    def _move_back(self, n):
        self._out += "\b" * n if n <= 4 else "\x1b[%dD" % n

    def _send(self):
        if self._out:
            link.send_bytes(self._out.encode())
            self._out = ""

    def _remember(self, line):
        if line and (not _history or _history[0] != line):
            _history.insert(0, line)
            if len(_history) > HISTORY:
                _history.pop()

    def _indent(self):
        # Four spaces for each level of the line before, one more after a colon; none after two blank lines.
        text = self._line
        if len(text) < 2 or text[-1] != "\n":
            return
        lines = text[:-1].split("\n")
        last = lines[-1]
        depth = 0
        while depth < len(last) and last[depth] == " ":
            depth += 1
        if len(lines) > 1 and depth == len(last) and not lines[-2].strip(" "):
            return
        n = depth // 4 + (1 if text[-2] == ":" else 0)
        if n:
            self._line += "    " * n
            self._cursor += 4 * n
            self._out += "    " * n
            self._just_indented = True
