// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import {
  ACCEPTED,
  BANNER,
  type ContractCase,
  INTERRUPTED,
  LOOP,
  PROMPT,
  RAW_BANNER,
  SYNTAX_ERROR,
  TICKS,
} from './contract-case.ts';

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
  { name: 'a byte that is no UTF-8', exchanges: [["print('%c' % 255)\x04", 'OK\xff\r\n\x04\x04>']] },
  {
    name: 'raw-paste is aborted by a syntax error in a later window',
    needs: 'rawPaste',
    exchanges: [
      ['\x05A\x01', ACCEPTED],
      [`#${'.'.repeat(126)}\n`, '\x01'],
      [`#${'.'.repeat(126)}\n`, '\x01'],
      [`#${'.'.repeat(126)}\n`, '\x01'],
      [`#${'.'.repeat(126)}\n`, '\x01'],
      [`#${'.'.repeat(126)}\n`, '\x01'],
      ['a = = 1\n# and a comment that is longer than 20\n', '\x04'],
      ['\x04', `\x04${SYNTAX_ERROR.replace('line 1', 'line 6')}\x04>`],
    ],
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
