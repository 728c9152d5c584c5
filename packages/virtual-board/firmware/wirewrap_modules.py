# What a program can import: the unix port's own doors to the host are shut, what a board has instead is added.
import builtins
import gc
import sys
import wirewrap_link as link
import wirewrap_run as run
import wirewrap_stdio as stdio

# Taken before a program runs, which may replace the built-ins.
BaseException, ImportError, OSError, SystemExit = BaseException, ImportError, OSError, SystemExit
TypeError, bytes, compile, exec, getattr, hasattr, int = TypeError, bytes, compile, exec, getattr, hasattr, int
isinstance, len, list, range, setattr = isinstance, len, list, range, setattr

_import = __import__
# `uos` and the like reach the built-in module, not ours.
_ALIAS = {"usys": "sys", "uos": "os", "umachine": "machine", "uio": "io"}
_hidden = ("ffi", "jni", "termios", "_wirewrap_clock")


def _blank(name):
    module = _import("wirewrap_blank")
    del sys.modules["wirewrap_blank"]
    del module.__file__
    module.__name__ = name
    sys.modules[name] = module
    return module


def frozen(name, file):
    # A Python module of ours that looks frozen into the firmware.
    module = _blank(name)
    with open(file) as f:
        exec(compile(f.read(), name + ".py", "exec"), module.__dict__)
    module.__file__ = name + ".py"
    gc.collect()


def copy(name, without=(), **more):
    # A module that looks like the built-in one, apart from what is left out or put in.
    real = _import(name)
    module = _blank(name)
    for key in dir(real):
        if key not in without and key not in ("__class__", "__dict__"):
            setattr(module, key, getattr(real, key))
    for key in more:
        setattr(module, key, more[key])
    module.__name__ = name
    return module


# Names of the modules whose code is being imported, innermost last.
_importing = []


def guarded_import(name, globals=None, locals=None, fromlist=None, level=0):
    if level:
        return _relative_import(name, fromlist, level)
    top = name.split(".")[0]
    top = _ALIAS.get(top, top)
    if top in _hidden or top.startswith("wirewrap_") and top != "wirewrap_virtual":
        raise ImportError("no module named '%s'" % name)
    name = _ALIAS.get(name, name)
    _importing.append(name)
    try:
        return _import(name, globals, locals, fromlist, 0)
    finally:
        _importing.pop()


def _relative_import(name, fromlist, level):
    # The built-in would take this file for the importer, and MicroPython does not say who it is: it is the module
    # whose code is being imported, or asyncio, which loads its parts when they are first used and says fromlist=True.
    if not _importing and fromlist is not True:
        raise ImportError("can't perform relative import")
    package = _importing[-1].split(".") if _importing else ["asyncio"]
    if not hasattr(sys.modules.get(".".join(package)), "__path__"):
        level += 1
    package = package[: len(package) - level + 1] or ["asyncio"]
    return guarded_import(".".join(package + ([name] if name else [])), None, None, fromlist)


def _kbd_intr(c):
    link.interrupt_char(c)


_open = open


def guarded_open(name, *args, **keywords):
    # The unix port takes a number for one of the host's file descriptors.
    if isinstance(name, int):
        raise TypeError("can't convert 'int' object to str implicitly")
    return _open(name, *args, **keywords)


def _start_new_thread(function, args, keywords={}):
    # The engine itself would print the frames of the virtual board's programs too.
    def entry():
        try:
            function(*args, **keywords)
        except SystemExit:
            pass
        except BaseException as error:
            stdio.stdout.write("Unhandled exception in thread started by %r\n" % function)
            run.print_exception(error)

    return _thread_start(entry, ())


def _soft_reset():
    run.soft_reset = True
    raise SystemExit


def _clock():
    # machine.RTC over the engine's own clock, which is set apart from this machine's.
    import time, _wirewrap_clock as clock

    class RTC:
        def __init__(self, *_):
            pass

        def datetime(self, when=None):
            if when is None:
                t = time.gmtime()
                return t[0], t[1], t[2], t[6], t[3], t[4], t[5], 0
            clock.set(time.mktime((when[0], when[1], when[2], when[4], when[5], when[6], 0, 0)))

    return RTC


def _resident():
    # Bytes of memory that the process holds, the TLS library's too. Opened before the board's own files hide the host's.
    try:
        statm = open("/proc/self/statm")
    except OSError:
        return lambda: None

    def resident():
        statm.seek(0)
        return int(statm.read().split()[1]) * 4096

    return resident


def _tls_memory():
    # What native/fail-allocation.c counts, where it is loaded; None elsewhere.
    try:
        import ffi

        engine = ffi.open(None)
        set_limit = engine.func("v", "wirewrap_tls_limit", "L")
        set_failing = engine.func("v", "wirewrap_tls_fail", "LL")
        count = engine.func("L", "wirewrap_tls_count", "i")
    except (ImportError, OSError):
        return None

    def tls_memory(limit=None, fail=None):
        # (allocations, bytes held, most bytes held) until now; then the limit and the allocations that are to fail.
        counts = count(0), count(1), count(2)
        if limit is not None:
            set_limit(limit)
        if fail is not None:
            set_failing(*fail)
        return counts

    return tls_memory


def install(config):
    global _hidden, _thread_start
    version = config["ssl"]
    import vfs, os, machine, micropython, time, _thread

    _thread_start = _thread.start_new_thread

    copy("vfs", ("VfsPosix", "VfsRom"))
    copy("os", ("VfsPosix", "system", "getenv", "putenv", "unsetenv", "errno"))
    copy("io", (), open=guarded_open)
    copy("_thread", (), start_new_thread=_start_new_thread)
    copy("micropython", (), kbd_intr=_kbd_intr)

    def reset():
        link.send(b"R")
        while True:
            time.sleep(60)

    unique = bytes([int(config["id"][i : i + 2], 16) for i in range(0, len(config["id"]), 2)])
    # On a host with /dev/mem these would reach its memory.
    copy(
        "machine",
        ("mem8", "mem16", "mem32"),
        reset=reset,
        soft_reset=_soft_reset,
        unique_id=lambda: unique,
        reset_cause=lambda: config["cause"],
        PWRON_RESET=1,
        HARD_RESET=2,
        WDT_RESET=3,
        DEEPSLEEP_RESET=4,
        SOFT_RESET=5,
        **({"RTC": _clock()} if config["engine"] == "esp32" else {}),
    )
    proxy = copy(
        "sys",
        ("executable",),
        stdin=stdio.stdin,
        stdout=stdio.stdout,
        stderr=stdio.stderr,
        print_exception=run.print_exception,
        ps1=">>> ",
        ps2="... ",
    )
    virtual = _blank("wirewrap_virtual")
    virtual.info = config["info"]
    virtual.resident = _resident()
    memory = _tls_memory()
    if memory:
        virtual.tls_memory = memory
    if version != "native":
        import wirewrap_shape
        import wirewrap_tls

        _hidden += wirewrap_shape.install(version, _blank, copy)
        plain_dir = dir

        def shaped_dir(*args):
            names = plain_dir(*args)
            return wirewrap_tls.visible(names) if args and isinstance(args[0], wirewrap_tls._Wrapped) else names

        builtins.dir = shaped_dir
        run.exit_reboots = False
    if version in ("1.18", "1.20"):
        _ALIAS["ussl"] = "ssl"
        _ALIAS["zlib"] = "uzlib"
    else:
        frozen("ssl", config["firmware"] + "ssl.py")
    sys.path[:] = ["", ".frozen", "/lib"]
    sys.argv[:] = []
    builtins.open = guarded_open
    builtins.input = stdio.input
    builtins.__import__ = guarded_import
    for key in list(sys.modules):
        if key.startswith("wirewrap_") and key not in ("wirewrap_virtual",):
            del sys.modules[key]
    return proxy
