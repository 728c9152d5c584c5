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


def receive(call, consume):
    stream = Windows(call['wire'])
    whole = False
    keyboard_interrupt(-1)
    try:
        write('\x06\x06')
        consume(unpacked(stream, call['bits']))
        write('\x0f')
        while stream.left:
            stream.at = stream.filled
            stream.readinto(stream.view)
        whole = True
    finally:
        if not whole:
            stream.drain()
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
