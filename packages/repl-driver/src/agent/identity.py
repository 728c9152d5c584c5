# Who the board says that it is: told with a checksum by the plain raw REPL, without the agent, whose way there takes longer.
# firmware.py comes before it.
def identity():
    facts = {'platform': sys.platform, 'version': list(sys.implementation.version)[:3], 'text': sys.version}
    try:
        facts['machine'] = sys.implementation._machine
    except AttributeError:
        pass
    try:
        uname = load('os').uname()
        facts['uname'] = [uname.machine, uname.version, uname.release]
    except AttributeError:
        pass
    try:
        facts['id'] = bytes(load('machine').unique_id())
    except (AttributeError, TypeError, OSError):
        pass
    facts['modules'] = {}
    for module in ('ssl', 'ussl', 'tls', 'network'):
        facts['modules'][module] = built_in(module) is not None
    # Files that `import` finds in place of a module of the firmware.
    facts['hiding'] = []
    for folder in getattr(sys, 'path', ()):
        if folder == '.frozen':
            # Not a folder; the file system of an ESP32 takes 0.1 s to say so.
            continue
        try:
            for entry in load('os').ilistdir(folder or '.'):
                if entry[0].split('.')[0] in ('ssl', 'tls', 'socket', 'network', 'time', 'os', 'io', 'select', 'binascii', 'hashlib', 'machine', 'errno'):
                    facts['hiding'].append(folder + '/' + entry[0])
        except (OSError, AttributeError, TypeError, ValueError):
            pass
    virtual = built_in('wirewrap_virtual')
    if virtual:
        facts['virtual'] = getattr(virtual, 'info', {})
    gc.collect()
    try:
        facts['free'] = gc.mem_free()
    except AttributeError:
        pass
    return facts


def tell(text):
    sys.stdout.write('ww2id:%s:%s' % ('%08x' % crc32(text) if crc32 else '-', text))


tell('%r' % (identity(),))
