# Writes until a write raises, or until twenty in a row took nothing. `result`: how many milliseconds the last one took.
_block = bytes(4096)
_raised = None
_refused = 0
result = "everything was taken"
for _ in range(16384):
    _from = time.ticks_ms()
    try:
        _taken = wrapped.write(_block)
    except OSError as _error:
        _raised = _error
        _taken = None
    _took = time.ticks_diff(time.ticks_ms(), _from)
    # What lies between still takes a little: a write that is refused once may be taken a moment later.
    _refused = 0 if _taken else _refused + 1
    if _raised or _refused == 20:
        result = _took
        break
    if _refused:
        time.sleep_ms(50)
