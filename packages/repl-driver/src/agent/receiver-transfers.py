def receive_files(files, wire_bytes, window_bits):
    # `files`: (path, size, SHA-256) of each.
    gc.collect()
    view = working_view()
    if all(is_same(each[0], each[1], each[2], view) for each in files):
        write('\x13')
        return

    def consume(stream):
        for each in files:
            write_file(stream, view, each[0], each[1], each[2])
    receive(wire_bytes, window_bits, consume)


def receive_variable(variable, size, expected, wire_bytes, window_bits):
    gc.collect()
    try:
        content = bytearray(size)
    except MemoryError:
        raise MemoryError('%d bytes are free, but not %d in one piece' % (gc.mem_free(), size))
    view = memoryview(content)

    def consume(stream):
        at = 0
        while at < size:
            until = min(at + 4096, size)
            read_all(stream, view[at:until])
            at = until
    receive(wire_bytes, window_bits, consume)
    if hex_digest(sha256(content)) != expected:
        raise EOFError('sha256 differs: ' + variable)
    try:
        content = bytes(content)
    except MemoryError:
        pass
    program[variable] = content


def send_file(path, window_bits):
    view = memoryview(bytearray(1024))
    digest = sha256()
    total = 0
    with open(path, 'rb') as file:
        out = deflate.DeflateIO(stdout, deflate.RAW, window_bits) if window_bits else stdout
        while True:
            count = file.readinto(view)
            if not count:
                break
            digest.update(view[:count])
            out.write(view[:count])
            total += count
        if window_bits:
            out.close()
    return total, hex_digest(digest)
