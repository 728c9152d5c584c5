def receive_files(call):
    gc.collect()
    files = call['files']
    view = working_view()
    if all(is_same(each[0], each[1], each[2], view) for each in files):
        write('\x13')
        return

    def consume(stream):
        for each in files:
            write_file(stream, view, each[0], each[1], each[2])
    receive(call, consume)


def receive_variable(call):
    gc.collect()
    variable = call['variable']
    size = call['size']
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
    receive(call, consume)
    if hex_digest(sha256(content)) != call['sha256']:
        raise EOFError('sha256 differs: ' + variable)
    try:
        content = bytes(content)
    except MemoryError:
        pass
    program[variable] = content


def send_file(call):
    window_bits = call['bits']
    view = memoryview(bytearray(1024))
    digest = sha256()
    total = 0
    with open(call['path'], 'rb') as file:
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
