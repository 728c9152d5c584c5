# The driver's own program on the board, for MicroPython 1.18 and newer. What passes between it and the host is described in
# wire-format.md. It runs in a namespace of its own, in which `program` holds the globals of the user's programs; firmware.py comes
# before it. It comes in three parts, so that compiling it needs little heap and leaves what is left in one piece.
own = globals()
# A program may replace built-ins: these are taken before one runs, under their own names.
for name in 'len type isinstance memoryview int compile eval exec BaseException Exception OSError MemoryError KeyboardInterrupt SystemExit ImportError __import__'.split():
    own[name] = eval(name)


io = load('io')
builtins = load('builtins')
micropython = load('micropython')
heap_unlock = getattr(micropython, 'heap_unlock', None)
keyboard_interrupt = getattr(micropython, 'kbd_intr', None)
read_line = keyboard_interrupt and crc32 and sys.stdin.readline
write = sys.stdout.write
# Lets an exception keep its line when nothing is left of the heap; some firmware has such a buffer from the start.
set_aside = getattr(micropython, 'alloc_emergency_exception_buf', None)
if set_aside:
    set_aside(200)
# Memory that is given back when a program raised: what is reported needs some, and the program may have left none.
reserve = []


# ---
def unlock_heap():
    depth = heap_unlock
    while depth:
        depth = heap_unlock()
        if depth > 9999:
            # It was not locked, and the depth has wrapped around.
            micropython.heap_lock()
            depth = 0


def fill_reserve():
    # Only where there is four times as much: the rest is the program's.
    global reserve
    if not reserve:
        try:
            room = [None] * 2048
            room.clear()
            reserve = [None] * 512
        except MemoryError:
            pass


def checksum(data, start):
    return crc32(data, start) if crc32 else 0


def answer(nonce, kind, payload):
    payload = payload.replace('\n', ' ')
    header = '\x1d%s%s%x:%08x:' % (nonce, kind, len(memoryview(payload)), checksum(payload, checksum(nonce + kind, 0)))
    if len(payload) < 200:
        header += payload
        payload = ''
    write(header)
    write(payload)


def report(nonce, end, error):
    unlock_heap()
    if reserve:
        reserve.clear()
        try:
            stream = io.BytesIO()
            arguments = ''
            try:
                sys.print_exception(error, stream)
                arguments = '%r' % (error.args,)
            except:
                pass
            answer(nonce, 'E', '%r' % ((type(error).__name__, stream.getvalue(), isinstance(error, OSError), arguments),))
            return
        except:
            pass
    # Nothing from here on takes memory.
    write('\x1d')
    write(nonce)
    write('T')
    try:
        write(type(error).__name__)
        write('\n')
        sys.print_exception(error)
    except:
        pass
    write(end)


# ---
def compiled(source, file, how):
    try:
        return compile(source, file, how)
    except MemoryError:
        reserve.clear()
    return compile(source, file, how)


def run(begin, nonce, salt, check, source, file, first):
    # True when the source did not arrive as it was sent.
    kind = (check - checksum(source, checksum(salt + file, 0))) % CHECK_MODULUS
    if kind > 3:
        if first:
            answer(nonce, 'C', '')
        return True
    end = '\x1e' + nonce
    names = program
    if kind > 1:
        # What stays of our own shall lie together, and leave the program's heap in one piece.
        names = own
        gc.collect()
    try:
        write(begin)
        if kind & 1:
            value = eval(compiled(source, file, 'eval'), names)
            unlock_heap()
            answer(nonce, 'V', '%r' % (value,))
        else:
            exec(compiled(source, file, 'exec'), names)
            unlock_heap()
            write(end)
    except SystemExit:
        unlock_heap()
        reserve.clear()
        answer(nonce, 'S', '')
        raise
    except BaseException as error:
        report(nonce, end, error)
    fill_reserve()


class Agent:
    def __add__(self, request):
        # `_ww + request`: short source, after which the agent stays and reads further requests as lines.
        nonce = request[:3]
        request = request[3:]
        if run('\x1f', nonce, nonce, int(request[:5], 36), request[5:], '<stdin>', True):
            return
        try:
            while True:
                keyboard_interrupt(3)
                salt = request[:5]
                request = read_line()[:-1]
                if run('\x1f', request[:3], salt, int(request[:5], 36), request[5:], '<stdin>', False):
                    return
        except MemoryError:
            reserve.clear()
        except (Exception, KeyboardInterrupt):
            pass

    def x(self, nonce, check, source, file='<stdin>'):
        # `_ww.x(...)`: source of any length.
        run('\x1d' + nonce + 'B', nonce, nonce, check, source, file, True)

    # `_ww.m(name)`: a module of the firmware.
    m = staticmethod(load)


fill_reserve()
if builtins:
    builtins._ww = Agent()
else:
    program['_ww'] = Agent()
write('ww2:' + ('c' if crc32 else '-') + ('l' if read_line else '-'))
