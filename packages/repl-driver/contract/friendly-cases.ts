// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import { BANNER, type ContractCase, PASTE_BANNER, PROMPT, RAW_BANNER, SYNTAX_ERROR } from './contract-case.ts';

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
