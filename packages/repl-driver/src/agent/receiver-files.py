def hex_digest(digest):
    return hexlify(digest.digest()).decode()


def file_hash(path, view):
    digest = sha256()
    with open(path, 'rb') as file:
        while True:
            count = file.readinto(view)
            if not count:
                return hex_digest(digest)
            digest.update(view[:count])


def is_same(path, size, expected, view):
    try:
        return os.stat(path)[6] == size and file_hash(path, view) == expected
    except OSError:
        return False


def remove(path):
    try:
        os.remove(path)
    except OSError:
        pass


class Reception:
    # Grants the first windows when it is entered, and leaves nothing of what was sent behind.
    def __init__(self, call):
        self.windows = Windows(call['wire'])

    def __enter__(self):
        keyboard_interrupt(-1)
        write('\x06\x06')
        return self.windows

    def __exit__(self, kind, error, traceback):
        windows = self.windows
        whole = False
        try:
            if kind is None:
                write('\x0f')
                while windows.left:
                    windows.at = windows.filled
                    windows.readinto(windows.view)
                whole = True
        finally:
            if not whole:
                windows.drain()
            keyboard_interrupt(3)


def check_room(folder, size):
    # What does not fit is refused before it is sent. A small file may need no block of its own.
    try:
        state = os.statvfs(folder)
        room = state[0] * state[3]
    except (OSError, AttributeError):
        return
    if size - 4096 > room:
        raise OSError(28, '%d bytes are free' % room)


def write_file(stream, view, path, size, expected):
    start = path.rfind('/') + 1
    temporary = path[:start] + path[start:start + TEMPORARY_CHARACTERS] + '.ww~'
    try:
        write('\x0e')
        if size > 4096:
            check_room(path[:start] or '.', size)
        with open(temporary, 'wb') as file:
            while size:
                count = min(size, len(view))
                write('\x0f')
                read_all(stream, view[:count])
                write('\x0e')
                file.write(view[:count])
                size -= count
        if file_hash(temporary, view) != expected:
            raise EOFError('sha256 differs: ' + path)
        os.rename(temporary, path)
    except:
        remove(temporary)
        raise
