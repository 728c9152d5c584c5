// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import type { ReplEngine } from './engines/repl-engine.ts';

/** One exchange: what the host sends and what must come back, to the byte. */
export type Exchange = readonly [send: string, answer: string | RegExp];

export interface ContractCase {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  /** What the engine has to be able to do. */
  readonly needs?: keyof ReplEngine['can'];
}

const PROMPT = '>>> ';
const BANNER = /^\r\nMicroPython v[^\r\n]+; [^\r\n]+\r\nType "help\(\)" for more information\.\r\n>>> $/;
const RAW_BANNER = 'raw REPL; CTRL-B to exit\r\n>';
const PASTE_BANNER = '\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ';
const SYNTAX_ERROR =
  'Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n';
const ACCEPTED = 'R\x01\x80\x00\x01';
// Slower than any engine's quietMs: an answer is taken when nothing follows it.
const LOOP = "import time\nwhile True:\n print('tick')\n time.sleep_ms(300)\n";
const TICKS = /^OK(?:tick\r\n)+$/;
const INTERRUPTED = (line: number) =>
  new RegExp(
    `^(?:tick\\r\\n)*\\x04Traceback \\(most recent call last\\):\\r\\n  File "<stdin>", line ${line}, in <module>\\r\\nKeyboardInterrupt: ?\\r\\n\\x04>$`,
  );

/** Every case begins at an empty friendly prompt. */
export const FRIENDLY_CASES: readonly ContractCase[] = [
  { name: 'Ctrl-B prints the banner', exchanges: [['\x02', BANNER]] },
  { name: 'an empty line prompts again', exchanges: [['\r', `\r\n${PROMPT}`]] },
  { name: 'echo and the value of an expression', exchanges: [['1+1\r', `1+1\r\n2\r\n${PROMPT}`]] },
  { name: 'LF after CR is ignored', exchanges: [['1+1\r\n', `1+1\r\n2\r\n${PROMPT}`]] },
  { name: 'None is not shown', exchanges: [['None\r', `None\r\n${PROMPT}`]] },
  {
    name: 'an exception',
    exchanges: [
      [
        'foo\r',
        `foo\r\nTraceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\nNameError: name 'foo' isn't defined\r\n${PROMPT}`,
      ],
    ],
  },
  { name: 'a syntax error', exchanges: [['a = = 1\r', `a = = 1\r\n${SYNTAX_ERROR}${PROMPT}`]] },
  {
    name: 'continuation lines are indented and end after two empty ones',
    exchanges: [
      ['def f():\r', 'def f():\r\n...     '],
      ['return 7\r', 'return 7\r\n...     '],
      ['\r', '\r\n...     '],
      ['\r', '\r\n... '],
      ['\r', `\r\n${PROMPT}`],
      ['f()\r', `f()\r\n7\r\n${PROMPT}`],
    ],
  },
  {
    name: 'an open bracket continues',
    exchanges: [
      ['(1,\r', '(1,\r\n... '],
      ['2)\r', `2)\r\n(1, 2)\r\n${PROMPT}`],
    ],
  },
  {
    name: 'an open triple quote continues',
    exchanges: [
      ["x='''a\r", "x='''a\r\n... "],
      ["b'''\r", `b'''\r\n${PROMPT}`],
      ['x\r', `x\r\n'a\\nb'\r\n${PROMPT}`],
    ],
  },
  { name: 'Ctrl-C throws a line away', exchanges: [['abc\x03', `abc\r\n${PROMPT}`]] },
  {
    name: 'Ctrl-C throws a continuation away',
    exchanges: [
      ['if 1:\r', 'if 1:\r\n...     '],
      ['\x03', `\r\n${PROMPT}`],
    ],
  },
  {
    name: 'backspace',
    exchanges: [
      ['12\x7f', '12\b\x1b[K'],
      ['+4\r', `+4\r\n5\r\n${PROMPT}`],
    ],
  },
  {
    name: 'history',
    exchanges: [
      ['6*7\r', `6*7\r\n42\r\n${PROMPT}`],
      ['\x1b[A', '6*7'],
      ['\r', `\r\n42\r\n${PROMPT}`],
    ],
  },
  {
    name: 'Ctrl-A inside a line goes to its start',
    exchanges: [
      ['+1\x01', '+1\b\b'],
      ['2\r', `2+1\b\b\r\n3\r\n${PROMPT}`],
    ],
  },
  {
    name: 'paste mode',
    exchanges: [
      ['\x05', PASTE_BANNER],
      ['x = 20\rprint(x)\r', 'x = 20\r\n=== print(x)\r\n=== '],
      ['\x04', `\r\n20\r\n${PROMPT}`],
    ],
  },
  {
    name: 'paste mode shows values',
    exchanges: [
      ['\x05', PASTE_BANNER],
      ['abs(-2)\rfor i in (5,):\r i\r', 'abs(-2)\r\n=== for i in (5,):\r\n===  i\r\n=== '],
      ['\x04', `\r\n2\r\n5\r\n${PROMPT}`],
    ],
  },
  {
    name: 'paste mode leaves a lonely constant out',
    needs: 'constantsDropped',
    exchanges: [
      ['\x05', PASTE_BANNER],
      ["'''what\rit is'''\r1+1\rabs(-3)\r", "'''what\r\n=== it is'''\r\n=== 1+1\r\n=== abs(-3)\r\n=== "],
      ['\x04', `\r\n3\r\n${PROMPT}`],
    ],
  },
  {
    name: 'paste mode is cancelled by Ctrl-C',
    exchanges: [
      ['\x05', PASTE_BANNER],
      ['abc\x03', `abc\r\n${PROMPT}`],
    ],
  },
  {
    name: 'sys.ps1 is the prompt',
    exchanges: [
      ['import sys\r', `import sys\r\n${PROMPT}`],
      ["sys.ps1 = '$ '\r", "sys.ps1 = '$ '\r\n$ "],
      ["sys.ps1 = '>>> '\r", `sys.ps1 = '>>> '\r\n${PROMPT}`],
    ],
  },
  {
    name: 'Ctrl-A enters the raw REPL',
    exchanges: [
      ['\x01', `\r\n${RAW_BANNER}`],
      ['\x02', BANNER],
    ],
  },
];

/** Every case begins at the raw REPL's `>`. */
export const RAW_CASES: readonly ContractCase[] = [
  { name: 'Ctrl-A prints the banner again', exchanges: [['\x01', RAW_BANNER]] },
  {
    name: 'Ctrl-B leaves',
    exchanges: [
      ['\x02', BANNER],
      ['\x01', `\r\n${RAW_BANNER}`],
    ],
  },
  { name: 'output', exchanges: [["print('hello', 1+1)\x04", 'OKhello 2\r\n\x04\x04>']] },
  { name: 'no value is shown', exchanges: [['1+1\x04', 'OK\x04\x04>']] },
  {
    name: 'an exception, after the output before it',
    exchanges: [
      [
        "def f():\n print('first')\n raise ValueError('no', 7)\nf()\x04",
        'OKfirst\r\n\x04Traceback (most recent call last):\r\n  File "<stdin>", line 4, in <module>\r\n  File "<stdin>", line 3, in f\r\nValueError: (\'no\', 7)\r\n\x04>',
      ],
    ],
  },
  { name: 'a syntax error', exchanges: [['a = = 1\x04', `OK\x04${SYNTAX_ERROR}\x04>`]] },
  {
    name: 'globals stay',
    exchanges: [
      ['kept = 5\x04', 'OK\x04\x04>'],
      ['print(kept)\x04', 'OK5\r\n\x04\x04>'],
    ],
  },
  {
    name: 'globals are those of the friendly REPL',
    exchanges: [
      ['kept = 6\x04', 'OK\x04\x04>'],
      ['\x02', BANNER],
      ['kept\r', `kept\r\n6\r\n${PROMPT}`],
      ['\x01', `\r\n${RAW_BANNER}`],
    ],
  },
  { name: '__name__ is __main__', exchanges: [['print(__name__)\x04', 'OK__main__\r\n\x04\x04>']] },
  { name: 'Ctrl-C clears what was sent', exchanges: [['garbage\x03print(1)\x04', 'OK1\r\n\x04\x04>']] },
  { name: 'CRLF in the code', exchanges: [["if 1:\r\n print('a')\r\n\x04", 'OKa\r\n\x04\x04>']] },
  {
    name: 'UTF-8',
    exchanges: [
      ["print('\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80')\x04", 'OK\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\r\n\x04\x04>'],
    ],
  },
  {
    name: 'bytes 01 to 04 printed by a program',
    exchanges: [["import sys\nsys.stdout.write('a\\x01\\x02\\x03\\x04b')\x04", 'OKa\x01\x02\x03\x04b\x04\x04>']],
  },
  {
    name: 'sys.stdout.buffer leaves LF alone',
    needs: 'binaryOutput',
    exchanges: [["import sys\nn = sys.stdout.buffer.write(b'a\\n\\xff\\x00')\x04", 'OKa\n\xff\x00\x04\x04>']],
  },
  {
    name: 'Ctrl-C in a loop',
    exchanges: [
      [`${LOOP}\x04`, TICKS],
      ['\x03', INTERRUPTED(4)],
    ],
    needs: 'interrupt',
  },
  {
    name: 'a program catches Ctrl-C',
    needs: 'interrupt',
    exchanges: [
      [
        "import time\ntry:\n while True:\n  print('tick')\n  time.sleep_ms(300)\nexcept KeyboardInterrupt:\n print('caught')\n\x04",
        TICKS,
      ],
      ['\x03', /^(?:tick\r\n)*caught\r\n\x04\x04>$/],
    ],
  },
  {
    name: 'kbd_intr(-1) makes Ctrl-C a byte',
    needs: 'stdin',
    exchanges: [
      [
        "import micropython, sys\nmicropython.kbd_intr(-1)\nprint('go')\nb = bytearray(4)\nsys.stdin.buffer.readinto(b)\nmicropython.kbd_intr(3)\nprint(b)\x04",
        'OKgo\r\n',
      ],
      ['\x01\x03\x04\x00', "bytearray(b'\\x01\\x03\\x04\\x00')\r\n\x04\x04>"],
    ],
  },
  {
    name: 'a program waits for input with poll',
    needs: 'stdin',
    exchanges: [
      [
        'import sys, select\np = select.poll()\np.register(sys.stdin, select.POLLIN)\nprint(len(p.poll(10)))\nprint(len(p.poll(9000)))\nprint(sys.stdin.read(1))\x04',
        'OK0\r\n',
      ],
      ['z', '1\r\nz\r\n\x04\x04>'],
    ],
  },
  {
    name: 'raw-paste',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      ['print(123)\x04', '\x04123\r\n\x04\x04>'],
    ],
  },
  {
    name: 'raw-paste says each window that it consumed',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      [`#${'.'.repeat(127)}`, '\x01'],
      [`${'.'.repeat(127)}\n`, '\x01'],
      ['print(9)\x04', '\x049\r\n\x04\x04>'],
    ],
  },
  {
    name: 'raw-paste is aborted by a syntax error before the end',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      ['a = = 1\n', '\x04'],
      ['what follows is skipped', ''],
      ['\x04', `\x04${SYNTAX_ERROR}\x04>`],
    ],
  },
  {
    name: 'raw-paste of half a statement waits',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      ["def f(a,\n      b):\n  '''x", ''],
      ["'''\nprint(4)\x04", '\x044\r\n\x04\x04>'],
    ],
  },
  {
    name: 'Ctrl-C inside raw-paste',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      ['x = 1\x03', /^\x04\x04KeyboardInterrupt: ?\r\n\x04>$/],
    ],
  },
  {
    name: 'an empty raw-paste',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      ['\x04', '\x04\x04\x04>'],
    ],
  },
  { name: 'an unknown raw-paste command is refused', exchanges: [['\x05B\x01', 'R\x00>']] },
  {
    name: 'half a raw-paste command is cleared by Ctrl-C',
    exchanges: [
      ['\x05A\x03', ''],
      ['\x01', RAW_BANNER],
    ],
  },
  {
    name: 'soft reset: the raw REPL again, with new globals',
    needs: 'reset',
    exchanges: [
      ['kept = 5\x04', 'OK\x04\x04>'],
      ['\x04', /^OK\r\nMPY: soft reboot\r\n(?:[^>]*\r\n)?raw REPL; CTRL-B to exit\r\n>$/],
      ["print('kept' in dir())\x04", 'OKFalse\r\n\x04\x04>'],
    ],
  },
  {
    name: 'SystemExit reboots from 1.24 on and ends the program before',
    needs: 'reset',
    exchanges: [
      ['raise SystemExit\x04', /^OK\x04\x04(?:>|MPY: soft reboot\r\n(?:[^>]*\r\n)?raw REPL; CTRL-B to exit\r\n>)$/],
      ['print(1)\x04', 'OK1\r\n\x04\x04>'],
    ],
  },
  {
    name: 'machine.soft_reset() reboots',
    needs: 'reset',
    exchanges: [
      [
        'import machine\nmachine.soft_reset()\x04',
        /^OK\x04\x04MPY: soft reboot\r\n(?:[^>]*\r\n)?raw REPL; CTRL-B to exit\r\n>$/,
      ],
    ],
  },
];
