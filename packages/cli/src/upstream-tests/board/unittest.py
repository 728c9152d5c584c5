# So much of `unittest` as MicroPython's tests of TLS use; boards have none unless it was installed.
import sys


class SkipTest(Exception):
    pass


class TestCase:
    def setUp(self):
        pass

    def tearDown(self):
        pass

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, message=""):
        raise AssertionError(message)

    def assertEqual(self, one, other, message=""):
        assert one == other, message or "%r is not %r" % (one, other)

    def assertTrue(self, value, message=""):
        assert value, message or "%r is not true" % (value,)

    def assertFalse(self, value, message=""):
        assert not value, message or "%r is true" % (value,)

    def assertIs(self, one, other, message=""):
        assert one is other, message or "%r is not the same as %r" % (one, other)

    def assertIsNone(self, value, message=""):
        assert value is None, message or "%r is not None" % (value,)

    def assertIn(self, part, whole, message=""):
        assert part in whole, message or "%r is not in %r" % (part, whole)

    def assertRaises(self, kind, call=None, *args, **kwargs):
        if call is None:
            return _Raises(kind)
        with _Raises(kind):
            call(*args, **kwargs)


class _Raises:
    def __init__(self, kind):
        self.kind = kind

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        assert kind is not None, "%r was not raised" % self.kind
        self.exception = error
        return issubclass(kind, self.kind)


def main(module="__main__"):
    ran = failed = skipped = 0
    names = (__import__(module) if isinstance(module, str) else module).__dict__
    for kind in list(names.values()):
        if not isinstance(kind, type) or not issubclass(kind, TestCase) or kind is TestCase:
            continue
        for name in dir(kind):
            if not name.startswith("test"):
                continue
            case = kind()
            ran += 1
            try:
                case.setUp()
                getattr(case, name)()
                case.tearDown()
            except SkipTest:
                skipped += 1
            except Exception as error:
                failed += 1
                print("FAIL", name)
                sys.print_exception(error)
    print("Ran %d tests\n" % ran)
    print("FAILED (failures=%d)" % failed if failed else "OK (skipped=%d)" % skipped if skipped else "OK")
