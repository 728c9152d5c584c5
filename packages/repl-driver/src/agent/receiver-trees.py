def print_tree(folder):
    view = working_view()
    digest = sha256()

    def say(*row):
        line = '%r\n' % (row,)
        digest.update(line)
        write(line)

    def walk(folder, prefix):
        for entry in os.ilistdir(folder or '/'):
            relative = prefix + entry[0]
            if entry[1] != 0x4000:
                path = folder + '/' + entry[0]
                say(relative, os.stat(path)[6], file_hash(path, view))
            elif folder or len(entry) > 3:
                # In the root, what is mounted has no size.
                say(relative)
                walk(folder + '/' + entry[0], relative + '/')
    walk(folder, '')
    return hex_digest(digest)


def make_folders(paths):
    for path in paths:
        folder = ''
        for part in path.split('/'):
            folder += part
            if part:
                try:
                    os.stat(folder)
                except OSError:
                    os.mkdir(folder)
            folder += '/'


def remove_trees(paths):
    for path in paths:
        if os.stat(path)[0] & 0x4000:
            remove_trees([path + '/' + entry for entry in os.listdir(path)])
            os.rmdir(path)
        else:
            os.remove(path)


def abilities():
    # How the board unpacks, whether it packs, and its free heap.
    gc.collect()
    packs = 0
    if deflate:
        try:
            stream = deflate.DeflateIO(io.BytesIO(), deflate.RAW, 8)
            stream.write(b'x')
            stream.close()
            packs = 1
        except (OSError, AttributeError, MemoryError):
            pass
    return 'deflate' if deflate else 'uzlib' if hasattr(uzlib, 'DecompIO') else '', packs, gc.mem_free()
