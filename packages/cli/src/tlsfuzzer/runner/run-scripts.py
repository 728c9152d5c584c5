"""Runs scripts of tlsfuzzer, one after the other: the same sample of their conversations each time, with patience for a slow board.

    run-scripts.py SECONDS

Reads a line of JSON a script, its name and arguments. Prints what the script prints, with "connection PORT" for each
connection, this end's port, so that the host can tell to which conversation it belongs; then "ended CODE". Each script has a
process of its own, forked when tlsfuzzer is loaded, since loading it takes longer than most scripts.
"""
import json
import os
import random
import runpy
import signal
import socket
import sys

from tlsfuzzer import expect, messages, runner  # noqa: F401

connect_socket = socket.socket.connect
make_connect = messages.Connect.__init__
make_alert = messages.AlertGenerator.__init__
patience = float(sys.argv[1])
child = 0


class Repeated(random.Random):
    # What tlsfuzzer asks the operating system for is in the names of conversations.
    made = 0

    def __init__(self):
        Repeated.made += 1
        random.Random.__init__(self, "wirewrap {0}".format(Repeated.made))


def connect(self, address):
    connect_socket(self, address)
    print("connection {0}".format(self.getsockname()[1]), flush=True)


def patient(self, hostname, port, version=(3, 0), timeout=5):
    make_connect(self, hostname, port, version, max(timeout, patience))


def alert(self, level=1, description=0):
    # Eleven scripts give close_notify (0) as the level: an alert of an unknown level, which need not end a connection.
    make_alert(self, max(level, 1), description)


def run(script, args):
    # A seed of text does not depend on the version of Python.
    random.seed("wirewrap")
    sys.argv = [script] + args
    runpy.run_module("tlsfuzzer._apps." + script.replace("-", "_"), run_name="__main__")


def stop(_number, _frame):
    if child:
        os.kill(child, signal.SIGKILL)
    os._exit(1)


random.SystemRandom = Repeated
socket.socket.connect = connect
messages.Connect.__init__ = patient
messages.AlertGenerator.__init__ = alert
signal.signal(signal.SIGTERM, stop)
for line in sys.stdin:
    name, *arguments = json.loads(line)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        run(name, arguments)
        sys.exit(0)
    status = os.waitpid(child, 0)[1]
    child = 0
    print("ended {0}".format(os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)), flush=True)
