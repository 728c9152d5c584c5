# Compiles the agent part by part, each when it arrived whole, and says so. The host calls it with each part and its CRC-32.
def _wi(source, check, names=dict(program=globals())):
    import gc, sys
    gc.collect()
    try:
        from ubinascii import crc32
        if crc32(source) != check:
            return
    except ImportError:
        pass
    exec(compile(source, '<ww>', 'exec'), names)
    sys.stdout.write('ww2')
