# Parse, compile, execute: what pyexec.c calls parse_compile_execute.
import io
import os
import sys
import wirewrap_link as link
import wirewrap_paste as paste
import wirewrap_stdio as stdio

# Taken before a program runs, which may replace the built-ins.
BaseException, Exception, OSError, SystemExit = BaseException, Exception, OSError, SystemExit
UnicodeError, bytes, compile, exec, execfile, isinstance = UnicodeError, bytes, compile, exec, execfile, isinstance
len, str = len, str

user = __import__("__main__").__dict__
exit_reboots = True  # firmware up to 1.23 took SystemExit for the end of the program
soft_reset = False


# Bytes: the text of an exception need not be UTF-8.
_HEAD = b"Traceback (most recent call last):"
_OURS = ('  File "' + __file__[: -len("run.py")]).encode()
_FRAME = b'  File "'


class _Trace(io.IOBase):
    # Takes a traceback and passes it on without the frames of the virtual board's own programs: a board has C code there.
    def __init__(self, write):
        self._write = write
        self._line = b""
        self._frames = None  # None before the head; False after it, until a frame of the user's has come

    def write(self, data):
        lines = (self._line + bytes(data)).split(b"\n")
        self._line = lines.pop()
        for line in lines:
            if self._frames is None and line == _HEAD:
                self._frames = False
            elif not line.startswith(_OURS):
                if self._frames is False and line.startswith(_FRAME):
                    self._pass(_HEAD)
                self._frames = True
                self._pass(line)
        return len(data)

    def _pass(self, line):
        line += b"\n"
        try:
            line = str(line, "utf-8")
        except UnicodeError:
            pass
        self._write(line)


_print_exception = sys.print_exception


def print_exception(error, file=None):
    _print_exception(error, _Trace((stdio.stdout if file is None else file).write))


def begin():
    # A program is about to run: from here on Ctrl-C interrupts.
    user["__file__"] = "<stdin>"
    link.interrupt_char(3)


def _file(name):
    def run():
        begin()
        execfile(name, user, user)

    return run


def code(source, kind):
    # Returns (function, None) or (None, error)
    try:
        compiled = compile(source, "<stdin>", kind)
    except Exception as error:
        return None, error

    def run():
        begin()
        exec(compiled, user, user)

    return run, None


def pasted(source):
    parts = paste.compiled(str(source, "utf-8"))
    if parts is None:
        return code(source, "exec")

    def run():
        begin()
        for part in parts:
            exec(part, user, user)

    return run, None


def execute(function, error=None, framed=False, finish=None):
    # Runs `function`, then `finish`, prints the traceback of what went wrong. True: reboot (SystemExit).
    reboot = False
    # A Ctrl-C may come between the end of the program and the moment that the host sends no more of them.
    try:
        try:
            try:
                if function:
                    function()
            except BaseException as caught:
                error = caught
            link.settle()
        except BaseException as late:
            error = error or late
            link.settle()
    except BaseException as later:
        error = error or later
        link.settle()
    if finish:
        finish()
    if framed:
        link.send_bytes(b"\x04")
    if error is not None:
        if isinstance(error, SystemExit):
            reboot = exit_reboots or soft_reset
        else:
            print_exception(error)
    if framed:
        link.send_bytes(b"\x04")
    return reboot


def file(name):
    try:
        os.stat(name)
    except OSError:
        return False
    return execute(_file(name))
