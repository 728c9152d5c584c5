# Times mpremote's own transport in its process: no start of Python, no shell. The first line of stdin tells the port, each
# further line is a case (JSON), answered by one JSON line: seconds, and the bytes that passed in both directions.
import json
import sys
import time

from mpremote.transport_serial import SerialTransport

plan = json.loads(sys.stdin.readline())
board = SerialTransport(plan["path"], baudrate=plan["baud"] or 115200)
wire = 0
port = board.serial
port_write, port_read = port.write, port.read


def counted_write(data):
    global wire
    wire += len(data)
    return port_write(data)


def counted_read(size=1):
    global wire
    data = port_read(size)
    wire += len(data)
    return data


port.write, port.read = counted_write, counted_read
board.enter_raw_repl(soft_reset=False)
board.exec("import os")


def report(name, seconds, **more):
    print(json.dumps({"case": name, "seconds": seconds, "wire": wire, **more}), flush=True)


for text in sys.stdin:
    case = json.loads(text)
    kind = case["kind"]
    wire = 0
    start = time.perf_counter()
    if kind == "upload":
        for path, source in case["files"]:
            with open(source, "rb") as file:
                board.fs_writefile(path, file.read())
        report(case["name"], time.perf_counter() - start)
    elif kind == "download":
        data = board.fs_readfile(case["path"])
        seconds = time.perf_counter() - start
        with open(case["source"], "rb") as file:
            assert bytes(data) == file.read(), "downloaded bytes differ"
        report(case["name"], seconds)
    elif kind == "exec":
        times = []
        for _ in range(case["rounds"]):
            begin = time.perf_counter()
            assert board.exec(case["code"]) == b"1\r\n"
            times.append(time.perf_counter() - begin)
        report(case["name"], time.perf_counter() - start, times=times)
board.exit_raw_repl()
board.close()
