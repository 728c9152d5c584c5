import { expect, test } from 'vitest';
import { smallPrograms } from './small-program.ts';

test.for<[name: string, source: string, small: string]>([
  ['comments and blank lines', '# why\nx = 1  # and so\n\nprint(x)\n', 'a=1\nprint(a)'],
  ['indentation', 'if x:\n    if y:\n        z()\n', 'if x:\n if y:\n  z()'],
  ['a hash in a string', 'x = \'# no\' + "#"\n', 'a=\'# no\'+"#"'],
  ['spaces in a string', "print('a  b', 1 if c else 2)\n", "print('a  b',1 if c else 2)"],
  ['parameters and defaults', 'def f(one, two=3):\n    return one + two\n', 'def c(a,b=3):\n return a+b'],
  [
    'own attributes',
    'class C:\n    def m(self):\n        self.count = self.count + 1\n',
    'class c:\n def d(a):\n  a.b=a.b+1',
  ],
  ["other objects' attributes", 'read = file.read\nread()\n', 'read=file.read\nread()'],
  ['what is imported', 'from os import stat\nstat = 1\n', 'from os import stat\nstat=1'],
  [
    'what is caught and looped over',
    'for each in items:\n    try:\n        f()\n    except E as error:\n        g(error, each)\n',
    'for a in items:\n try:\n  f()\n except E as b:\n  g(b,a)',
  ],
  ['short names that are taken', 'a = 1\nlonger = a + b\n', 'a=1\nc=a+b'],
])('%s', ([, source, small]) => {
  expect(smallPrograms({ source }, []).sources.source).toBe(small);
});

test('a name is the same in all programs, and is known afterwards; kept ones stay', () => {
  const { sources, nameOf } = smallPrograms({ one: 'def count():\n    pass\ndef x():\n    pass\n', two: 'count()\n' }, [
    'x',
  ]);
  expect(sources.two).toBe(`${nameOf('count')}()`);
  expect(sources.one).toContain(`def ${nameOf('count')}():`);
  expect(sources.one).toContain('def x():');
});
