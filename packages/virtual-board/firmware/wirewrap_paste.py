# Paste mode: a whole program whose expressions print their values, as pyexec.c compiles it (a file, but for the REPL).
# The engine's compile() prints values for one statement only, so the program is cut into its statements.

# Taken before a program runs, which may replace the built-ins.
Exception, any, compile, len, range = Exception, any, compile, len, range
_GO_ON = ("else", "elif", "except", "finally")


def statements(text):
    # Yields (number of the first line from 0, text) for each statement at the left margin.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = 0
    depth = 0
    quote = ""
    joined = False
    for at in range(len(lines)):
        line = lines[at]
        fresh = depth == 0 and not quote and not joined
        if fresh and at > start and _begins(line) and not lines[at - 1].startswith("@"):
            yield start, "\n".join(lines[start:at]) + "\n"
            start = at
        i = 0
        while i < len(line):
            c = line[i]
            if quote:
                if c == "\\":
                    i += 1
                elif line[i : i + len(quote)] == quote:
                    i += len(quote) - 1
                    quote = ""
            elif c == "#":
                break
            elif c in "'\"":
                quote = c * 3 if line[i : i + 3] == c * 3 else c
                i += len(quote) - 1
            elif c in "([{":
                depth += 1
            elif c in ")]}":
                depth -= 1
            i += 1
        joined = line.endswith("\\")
        if len(quote) == 1 and not joined:
            quote = ""
    yield start, "\n".join(lines[start:]) + "\n"


def _begins(line):
    if not line or line[0] in " \t#)]}":
        return False
    word = ""
    for c in line:
        if not c.isalpha():
            break
        word += c
    return word not in _GO_ON


def compiled(text):
    # A list of code objects, or None when the program has to be compiled as a whole.
    try:
        return [compile("\\\n" * start + part, "<stdin>", "single") for start, part in statements(text) if _has_code(part)]
    except Exception:
        return None


def _has_code(part):
    # A lonely constant (a docstring, `1 + 1`) is left out: a board's parser discards it, the engine would print it.
    outside = ""
    strings = False
    quote = ""
    i = 0
    while i < len(part):
        c = part[i]
        if quote:
            if c == "\\":
                i += 1
            elif part[i : i + len(quote)] == quote:
                i += len(quote) - 1
                quote = ""
        elif c == "#":
            while i < len(part) and part[i] != "\n":
                i += 1
        elif c in "'\"":
            strings = True
            quote = c * 3 if part[i : i + 3] == c * 3 else c
            i += len(quote) - 1
            while outside and outside[-1] in "bBrRuU":
                outside = outside[:-1]
        elif c not in " \t\n\\":
            outside += c
        i += 1
    if strings:
        return any(c not in "()" for c in outside)
    return outside not in ("", "None", "True", "False") and any(c not in "0123456789.+-*/%&|^~(),_" for c in outside)
