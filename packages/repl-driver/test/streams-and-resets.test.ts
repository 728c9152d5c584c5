import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, openBoard, openTransport } from '../src/index.ts';
import { type Bench, openBench } from './helpers.ts';

let bench: Bench;
let board: Board;
beforeAll(async () => {
  bench = await openBench();
  board = bench.board;
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

describe('stream', () => {
  test('waits for markers while the program runs, and talks to it', async () => {
    await using program = await board.stream("print('ready')\nwhile True:\n line = input()\n print('got', line)");
    await program.waitFor('ready\n');
    await program.write(Buffer.from('ping\r'));
    await expect(program.waitFor(/got (\w+)\n/)).resolves.toContain('got ping');
    await program.interrupt();
    await expect(program.finished).rejects.toMatchObject({ type: 'KeyboardInterrupt' });
  });

  test('input that the program did not read does not stop the soft reset after it', async () => {
    const program = await board.stream("import sys\nprint('ready')\nprint('got', sys.stdin.readline().strip())");
    await program.waitFor('ready\n');
    await program.write(Buffer.from('ping\r\nand more'));
    await expect(program.finished).resolves.toContain('got ping');
    await board.reset('soft');
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
  });

  test('says what came when the marker does not', async () => {
    await using program = await board.stream("print('other')");
    await expect(program.waitFor('ready')).rejects.toThrow(/ended before it printed ready; it printed "other\\n"/);
  });

  test('a marker that is late fails at the deadline', async () => {
    await using program = await board.stream('import time\ntime.sleep(5)');
    await expect(program.waitFor('ready', { deadlineMs: 100 })).rejects.toMatchObject({ code: 'DEADLINE' });
  });

  test('a pattern is sought in 8 MB for not much more than a text', async () => {
    const cpuOf = async (marker: string | RegExp) => {
      const before = process.threadCpuUsage();
      await using program = await board.stream(
        "line = 'I (812) wifi: state: 12 ' * 40\nfor i in range(8000): print(line)",
      );
      await expect(program.waitFor(marker, { deadlineMs: 100_000 })).rejects.toThrow(/ended before it printed/);
      const { user, system } = process.threadCpuUsage(before);
      return user + system;
    };
    const text = await cpuOf('never 1');
    expect((await cpuOf(/never (\d+)/)) / text).toBeLessThan(7);
  });

  test('iterates over output', async () => {
    await using program = await board.stream('for i in range(3): print(i)');
    let text = '';
    for await (const piece of program) text += piece;
    expect(text).toBe('0\n1\n2\n');
    await expect(program.finished).resolves.toBe('0\n1\n2\n');
  });

  test.for([
    ['runs', 'while True: pass'],
    ['prints', "while True: print('x')"],
    ['waits for input', 'input()'],
    ['sleeps', 'import time\ntime.sleep(60)'],
    ['catches Ctrl-C once', 'try:\n while True: pass\nexcept KeyboardInterrupt:\n while True: pass'],
  ] as const)('a signal ends a stream that nobody closes, and the next call works: it %s', async ([, source]) => {
    const test = new AbortController();
    const program = await board.stream(source, { signal: test.signal });
    const ended = expect(program.finished).rejects.toMatchObject({ code: 'ABORTED' });
    const waited = expect(program.waitFor('never')).rejects.toMatchObject({ code: 'ABORTED' });
    test.abort(new Error('the test is over'));
    await Promise.all([ended, waited]);
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('a signal ends a stream that waits for its turn, and what was asked for behind it runs', async () => {
    const test = new AbortController();
    await using first = await board.stream('while True: pass', { signal: test.signal });
    const second = board.stream("print('second')", { signal: test.signal });
    const third = board.evaluate('3');
    test.abort();
    await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(third).resolves.toBe(3);
    await expect(first.finished).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('dispose ends the program', async () => {
    {
      await using program = await board.stream('while True: pass');
      void program;
    }
    await expect(board.evaluate('2')).resolves.toBe(2);
  });
});

describe('resets', () => {
  test('a soft reset is a new interpreter', async () => {
    await board.exec('gone = 1');
    await expect(board.reset()).resolves.toContain('soft reboot');
    await expect(board.evaluate("'gone' in globals()")).resolves.toBe(false);
  });

  test.for<[string, string]>([
    ['raise SystemExit', 'SystemExit'],
    ['import machine; machine.soft_reset()', 'soft reset'],
    ['import machine; machine.reset()', 'hard reset'],
  ])('%s fails the call with the reason, and the next one works', async ([code, reason]) => {
    await expect(board.exec(`print('before')\n${code}`)).rejects.toMatchObject({
      code: 'BOARD_RESET',
      reason: expect.stringContaining(reason),
      output: expect.stringContaining('before'),
    });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('boot.py after SystemExit is let run, be it slow', async () => {
    await board.files.write('boot.py', 'import time\ntime.sleep(2.5)\nbooted = True\n');
    try {
      await expect(board.exec('raise SystemExit')).rejects.toMatchObject({ code: 'BOARD_RESET' });
      await expect(board.evaluate("'booted' in globals()")).resolves.toBe(true);
    } finally {
      await board.files.remove('boot.py');
    }
  });

  test('a crash fails the call with the decoded reason and the last bytes', async () => {
    // What it says then is output, too.
    const onOutput = (text: string) => {
      if (text.includes('runs')) void bench.virtual.crash('SIGSEGV');
    };
    await expect(board.exec("print('runs')\nwhile True: pass", { onOutput })).rejects.toMatchObject({
      code: 'BOARD_PANIC',
      reason: expect.stringContaining('SIGSEGV'),
      traffic: expect.stringContaining('rst:0x'),
    });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('an unnoticed reset between calls costs nothing but the state', async () => {
    await bench.virtual.runReset();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(board.evaluate('3')).resolves.toBe(3);
  });
});

test('a boot that our Ctrl-C broke off before it had mounted the file system is made good by a soft reset', async () => {
  await using virtual = await startVirtualBoard({});
  {
    await using board = await openBoard(virtual.path);
    await board.files.write('boot.py', "with open('boots', 'a') as f: f.write('x')\n");
    // What 1.18 prints when Ctrl-C strikes while its _boot.py runs.
    const traceback = String.raw`Traceback (most recent call last):\n  File "_boot.py", line 8, in <module>\nKeyboardInterrupt: `;
    await board.files.write(
      'main.py',
      `try:\n print('main runs')\n while True: pass\nexcept KeyboardInterrupt: print('${traceback}')\n`,
    );
  }
  const transport = await openTransport(virtual.path);
  let said = '';
  transport.onData((chunk) => {
    said += Buffer.from(chunk).toString('latin1');
  });
  await virtual.runReset();
  await expect.poll(() => said).toContain('main runs');
  await using board = await openBoard(virtual.path, { open: async () => transport });
  await expect(board.evaluate("open('boots').read()")).resolves.toBe('xx');
  // Once is enough: what was said then is not taken for a boot of later.
  await board.exec('kept = 1');
  await expect(board.exec('while True: pass', { deadlineMs: 300 })).rejects.toMatchObject({ code: 'DEADLINE' });
  await expect(board.evaluate('kept')).resolves.toBe(1);
});
