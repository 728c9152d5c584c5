# What MicroPython's tests between two boards find under this name; the host reads the words and answers on standard input.
import sys


class multitest:
    @staticmethod
    def flush():
        pass

    @staticmethod
    def skip():
        print("SKIP")
        raise SystemExit

    @staticmethod
    def next():
        print("NEXT")

    @staticmethod
    def broadcast(message):
        print("BROADCAST", message)

    @staticmethod
    def wait(message):
        while sys.stdin.readline().strip() != "BROADCAST " + message:
            pass

    @staticmethod
    def globals(**values):
        for name in values:
            print("SET", name, "=", repr(values[name]))

    @staticmethod
    def get_network_ip():
        # The host stands between the boards and gives its own address.
        return ""

    @staticmethod
    def output_metric(data):
        print("OUTPUT_METRIC", data)
