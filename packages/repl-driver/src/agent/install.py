# Compiles the agent part by part, each when it arrived whole, and says so. The host calls it with each part and its CRC-32.
# Its modules are found past the board's files, through which 1.20 looks first: 0.3 s for each of them on an ESP32.
def _wi(source, check, names=dict(program=globals()), sys=__import__('sys')):
    folders = sys.path[:]
    sys.path[:] = ['.frozen']
    import gc
    gc.collect()
    try:
        from ubinascii import crc32
    except ImportError:
        crc32 = None
    sys.path[:] = folders
    if crc32 and crc32(source) != check:
        return
    names.update(sys=sys, gc=gc, crc32=crc32)
    exec(compile(source, '<ww>', 'exec'), names)
    sys.stdout.write('ww2')
