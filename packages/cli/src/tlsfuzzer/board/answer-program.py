# Answers each request that ends with an empty line, until the peer ends the connection.
_answer = b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n"
_last = b""
result = "end"
while True:
    _data = wrapped.read(1)
    if not _data:
        break
    _last = (_last + _data)[-4:]
    if _last == b"\r\n\r\n" or _last[-2:] == b"\n\n":
        wrapped.write(_answer)
        _last = b""
