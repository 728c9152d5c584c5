def receive_files(call):
    gc.collect()
    files = call['files']
    view = working_view()
    if all(is_same(each[0], each[1], each[2], view) for each in files):
        write('\x13')
        return

    with Reception(call) as windows:
        stream = unpacked(windows, call['bits'])
        for each in files:
            write_file(stream, view, each[0], each[1], each[2])


class Content:
    # What `bytes` makes of it takes the heap once, before the first byte is asked for; a copy of a bytearray takes it twice.
    # Its length counts the zero that MicroPython puts behind a string: without room for it, all would be moved at the end.
    def __init__(self, call):
        self.call = call
        self.reception = Reception(call)
        self.view = memoryview(bytearray(512))

    def __len__(self):
        return self.call['size'] + 1

    def __iter__(self):
        left = self.call['size']
        with self.reception as windows:
            stream = unpacked(windows, self.call['bits'])
            while left:
                part = self.view[:min(512, left)]
                read_all(stream, part)
                left -= len(part)
                yield from part


def receive_variable(call):
    gc.collect()
    variable = call['variable']
    try:
        content = bytes(Content(call))
    except MemoryError:
        raise MemoryError('%d bytes are free, but not %d in one piece' % (gc.mem_free(), call['size']))
    if hex_digest(sha256(content)) != call['sha256']:
        raise EOFError('sha256 differs: ' + variable)
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
