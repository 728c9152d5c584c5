# Modules of the firmware: what comes before every program of the driver's own. `sys`, `gc` and `crc32` are given by install.py.


def built_in(name):
    # A module of the firmware, without a look at the board's files; None where there is none.
    folders = sys.path
    saved = folders[:]
    try:
        folders[:] = ['.frozen']
        return __import__(name)
    except ImportError:
        return None
    finally:
        folders[:] = saved


def load(name):
    # Up to 1.20 a module that files can extend has a name with u; since then u means "no file, nor what one has left loaded".
    return built_in('u' + name) or built_in(name)
