import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PYEXEC, pyexecEngine } from '../contract/engines/pyexec-engine.ts';
import { type Board, openBoard } from '../src/index.ts';

const BOARDS = [
  { name: 'the virtual board', missing: undefined, native: false },
  { name: 'the real pyexec.c', missing: pyexecEngine.missing, native: true },
] as const;

/** Longer than what goes as one line, and with a line feed. */
const LONG = `x = 0\n${'x += 1\n'.repeat(60)}`;

/** Programs that stand in the driver's way without meaning to. */
describe.for(BOARDS)('on $name', ({ missing, native }) => {
  if (missing !== undefined) {
    test.skip(`skipped: ${missing}`, () => {});
    return;
  }
  let virtual: VirtualBoard | undefined;
  let board: Board;
  beforeAll(async () => {
    if (!native) virtual = await startVirtualBoard({});
    board = await openBoard(virtual?.path ?? `exec:${PYEXEC.replaceAll(' ', '%20')}`);
    await board.exec("class Odd:\n def __repr__(self): raise KeyError('no repr')\n");
  });
  afterAll(async () => {
    await board?.close();
    await virtual?.close();
  });

  test.for<[string, string, string]>([
    ['an argument without a repr', 'raise ValueError(Odd())', 'ValueError'],
    ['the same in long source', `${LONG}raise ValueError(Odd())`, 'ValueError'],
    ['no repr of its own', "class Bad(Exception):\n def __repr__(self): raise KeyError('x')\nraise Bad(1)", 'Bad'],
    [
      'args that raise',
      'class NoArgs(Exception):\n @property\n def args(self): raise KeyError(1)\nraise NoArgs(1)',
      'NoArgs',
    ],
    ['a repr that exits', 'class Exit:\n def __repr__(self): raise SystemExit\nraise ValueError(Exit())', 'ValueError'],
    [
      'a repr that is interrupted',
      'class Stop:\n def __repr__(self): raise KeyboardInterrupt\nraise ValueError(Stop())',
      'ValueError',
    ],
  ])('an exception with %s is shown by its type and its line', async ([, source, type]) => {
    await board.exec('runs = 0');
    const line = source.split('\n').length;
    await expect(board.exec(`runs += 1\n${source}`)).rejects.toMatchObject({
      type,
      frames: [{ file: '<stdin>', line: line + 1 }],
    });
    await expect(board.evaluate('runs')).resolves.toBe(1);
  });

  test.for(['_w', '_ww'])("the program's own global %s", async (name) => {
    for (const value of ['5', "'text'", '[]', 'None', 'print']) {
      await board.exec(`${name} = ${value}\nruns = 0`);
      await expect(board.exec(`${LONG}runs += 1\nprint(x)`)).resolves.toBe('60\n');
      await expect(board.exec('print(1)')).resolves.toBe('1\n');
      await expect(board.evaluate('runs')).resolves.toBe(1);
      await expect(board.evaluate(`repr(${name}) == repr(${value})`)).resolves.toBe(true);
      await board.exec(`del ${name}`);
    }
  });

  test.for<[string, string]>([
    ['ends with', ''],
    ['prints in its middle', "import time\ntime.sleep_ms(50)\nprint('on')\n"],
  ])('what %s a banner of MicroPython has not reset', async ([, rest]) => {
    const banner = 'MicroPython v1.26.1 on 2025-09-11; Generic ESP32\nType "help()" for more information.\n';
    for (const prompt of ['', '>>> ', 'raw REPL; CTRL-B to exit\n>']) {
      const text = `${prompt.startsWith('raw') ? 'MPY: soft reboot\n' : banner}${prompt}`;
      const source = `print('''${text}''', end='')\n${rest}`;
      await expect(board.exec(source)).resolves.toBe(text + (rest === '' ? '' : 'on\n'));
    }
  });

  test.for<[string, string, string]>([
    ['sleeps', "time.sleep_ms(800)\nprint('on')", 'on\n'],
    ['sleeps and ends', 'time.sleep_ms(800)', ''],
    [
      'prints it again and sleeps',
      "time.sleep_ms(400)\nsys.stdout.write('\\x04\\x04>')\ntime.sleep_ms(400)",
      '\x04\x04>',
    ],
  ])('a program that prints the prompt and %s is not at its end', async ([, rest, more]) => {
    const source = `import sys, time\nsys.stdout.write('\\x04\\x04>')\n${rest}`;
    for (const code of [source, `${source}\n${'#'.repeat(300)}`]) {
      await expect(board.exec(code)).resolves.toBe(`\x04\x04>${more}`);
      await expect(board.evaluate('1+1')).resolves.toBe(2);
    }
  });

  test('an agent that a program broke is noticed at the prompt, and replaced', async () => {
    const source = "print('begun')\ntype(_ww).x.__globals__['write'] = None\n";
    for (const code of [source, `${source}${'#'.repeat(300)}`]) {
      await expect(board.exec(code)).rejects.toMatchObject({
        type: 'TypeError',
        output: 'begun\n',
      });
      await expect(board.evaluate('1+1')).resolves.toBe(2);
    }
  });

  test('what was printed before an exception comes with it', async () => {
    for (const code of ["print('one')\n1/0", `${LONG}print('one')\n1/0`])
      await expect(board.exec(code)).rejects.toMatchObject({ type: 'ZeroDivisionError', output: 'one\n' });
  });

  test('source that the heap does not hold is a MemoryError, and no fault of the line', async () => {
    await expect(board.call('len', [new Uint8Array(60_000).fill(200)])).rejects.toMatchObject({ type: 'MemoryError' });
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test('a word of alarm is no reset when the deadline passes', async () => {
    for (const word of ['watchdog', 'abort()', 'killed by', 'assert failed', 'soft reboot', 'see help()"'])
      await expect(
        board.exec(`print('''${word} was armed''')\nwhile True: pass`, { deadlineMs: 250 }),
      ).rejects.toMatchObject({ code: 'DEADLINE' });
  });
});
