import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, MicroPythonError, openBoard, py } from '../src/index.ts';
import { type Bench, openBench } from './helpers.ts';
import { ALLOWANCE_MS, lateness } from './lateness.ts';

let bench: Bench;
let board: Board;
beforeAll(async () => {
  bench = await openBench();
  board = bench.board;
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

describe('exec', () => {
  test('resolves with what was printed', async () => {
    await expect(board.exec("print('hello')\nprint('é😀')")).resolves.toBe('hello\né😀\n');
  });

  test('keeps globals, and puts none of its own there', async () => {
    await board.exec('x = 41');
    await expect(board.evaluate('x + 1')).resolves.toBe(42);
    await expect(board.evaluate("[n for n in globals() if n.startswith('_ww')]")).resolves.toEqual([]);
  });

  test('yields output as it comes', async () => {
    const printed = new AbortController();
    let output = '';
    const onOutput = (text: string) => {
      output += text;
      if (output === '0\n1\n') printed.abort();
    };
    const running = board.exec('print(0)\nprint(1)\nwhile True: pass', { onOutput, signal: printed.signal });
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    expect(output).toBe('0\n1\n');
  });

  const printed = [
    '\x01\x02\x03\x04',
    '\x04\x04>',
    '\x04\x04>OK',
    '\x1d',
    '\x1dab12D0:',
    'raw REPL; CTRL-B to exit\r>',
    'OK',
    '>>> ',
  ];
  test.for(printed)('a program may print %j', async (text) => {
    await expect(board.exec(py`import sys; sys.stdout.write(${text})`)).resolves.toBe(text);
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test.for<[source: string, printed: string]>([
    ["print('''a\nb''')", 'a\nb\n'],
    ['print("\\"quoted\\"")', '"quoted"\n'],
    ["print('\\\\n')", '\\n\n'],
    ['print("\t")', '\t\n'],
    ["print('it''s')", 'its\n'],
    ['x = """a"b"c"""; print(x)', 'a"b"c\n'],
    ["print('''\"\"\"''')", '"""\n'],
    ['print("é😀")', 'é😀\n'],
  ])('source arrives as it is: %j', async ([source, printed]) => {
    await expect(board.exec(source)).resolves.toBe(printed);
    // The same by the way that long source goes, and behind something else.
    await expect(board.exec(`${source}\n${'#'.repeat(300)}`)).resolves.toBe(printed);
    await expect(board.exec(`pass; ${source}`)).resolves.toBe(printed);
  });

  test('source of 20 KB', async () => {
    await expect(board.exec(`x = 0\n${'x += 1\n'.repeat(3000)}print(x)`)).resolves.toBe('3000\n');
  });
});

describe('evaluate', () => {
  const table: [string, unknown][] = [
    ['2**80', 2n ** 80n],
    ["float('nan')", Number.NaN],
    ["-float('inf')", Number.NEGATIVE_INFINITY],
    ["'é\\n\\x04'", 'é\n\x04'],
    ["b'\\x00\\xff'", Uint8Array.of(0, 255)],
    ['{1: [2, (3,)]}', new Map([[1, [2, [3]]]])],
    ['  {1, 2}  ', new Set([1, 2])],
    ['None', null],
    ['bytes(5000)', new Uint8Array(5000)],
  ];
  test.for(table)('%s', async ([expression, value]) => {
    await expect(board.evaluate(expression)).resolves.toEqual(value);
  });

  test('a value that is no literal is refused with what it is', async () => {
    await expect(board.evaluate('object()')).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringContaining('<object'),
    });
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test('what an expression prints does not disturb its value', async () => {
    await expect(board.evaluate("(print('\\x04\\x04>'), 7)[1]")).resolves.toBe(7);
  });

  test('is validated by any Standard Schema', async () => {
    const even = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) =>
          Number(value) % 2 === 0 ? { value: Number(value) / 2 } : { issues: [{ message: 'odd', path: ['n'] }] },
      },
    };
    await expect(board.evaluate('4', { schema: even })).resolves.toBe(2);
    await expect(board.evaluate('5', { schema: even })).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringContaining('at n: odd'),
    });
  });

  test('call encodes its arguments', async () => {
    await board.exec('def join(a, b):\n return a + b');
    await expect(board.call('join', ["'); boom(", 'é'])).resolves.toBe("'); boom(é");
  });
});

describe('exceptions', () => {
  test('carry type, args, errno and its name', async () => {
    const error = await board
      .exec("raise OSError(-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED')")
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MicroPythonError);
    expect(error).toMatchObject({
      type: 'OSError',
      args: [-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'],
      errno: -9984,
      errnoName: 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
    });
    expect((error as MicroPythonError).traffic).toContain('X509_CERT_VERIFY_FAILED');
  });

  test.for<[string, unknown[]]>([
    ["ValueError('5')", ['5']],
    ['ValueError(5)', [5]],
    ["ValueError(1, 'a', b'b', None)", [1, 'a', Uint8Array.of(98), null]],
    ['ValueError()', []],
  ])('args are exact: %s', async ([raised, args]) => {
    await expect(board.exec(`raise ${raised}`)).rejects.toMatchObject({ type: 'ValueError', args });
  });

  test('frames name the file and line on the host', async () => {
    const error = await board
      .exec(py`
        def broken():
          return 1 // 0
        broken()
      `)
      .catch((reason: unknown) => reason);
    const { frames, message } = error as MicroPythonError;
    expect(frames.at(-1)).toMatchObject({ name: 'broken', file: expect.stringMatching(/board\.test\.ts$/) });
    expect(message).toMatch(/ZeroDivisionError.*board\.test\.ts:\d+/);
    expect(frames[0]?.line).toBe((frames[1]?.line ?? 0) + 1);
  });

  test('frames name the line on the host with fragments of several lines, from elsewhere and right here', async () => {
    const lineOf = async (source: ReturnType<typeof py>) => {
      const error = (await board.exec(source).catch((reason: unknown) => reason)) as MicroPythonError;
      return error.frames.at(-1)?.line;
    };
    const here = Number(/:(\d+):\d+\)?$/.exec(new Error().stack?.split('\n')[1] ?? '')?.[1]);
    const broken = py`
      a = 1
      b = nothing_here`;
    const whole = py`
      a = 1
      b = 2`;
    const outside = py`
      x = 1
      if x:
        ${broken}
      x = 2`;
    await expect(lineOf(outside)).resolves.toBe(here + 3);
    const after = py`
      ${whole}
      x = nothing_here`;
    await expect(lineOf(after)).resolves.toBe(here + 15);
    const inside = py`
      ${py`
        a = 1
        b = 2`}
      x = nothing_here`;
    await expect(lineOf(inside)).resolves.toBe(here + 21);
  });

  test('frames of an expression count the lines before it', async () => {
    const expression = py`

      nothing_here
    `;
    const error = (await board.evaluate(expression).catch((reason: unknown) => reason)) as MicroPythonError;
    expect(error.frames.at(-1)?.line).toBe((expression.origin?.line ?? 0) + 2);
  });

  test('frames name the file that was given, also when the function is called later', async () => {
    await board.exec('def later():\n raise KeyError("k")', { filename: 'lib/later.py', firstLine: 10 });
    await expect(board.evaluate('later()')).rejects.toMatchObject({
      type: 'KeyError',
      frames: [{ file: '<stdin>' }, { file: 'lib/later.py', line: 11, name: 'later' }],
    });
  });

  test('a syntax error has its line', async () => {
    await expect(board.exec('x = 1\na = = 2')).rejects.toMatchObject({ type: 'SyntaxError', frames: [{ line: 2 }] });
  });
});

describe('limits', () => {
  test('a call ends at its deadline and the next one works', async () => {
    const { error, lateMs } = await lateness(300, () => board.exec('while True: pass', { deadlineMs: 300 }));
    expect(error).toMatchObject({ code: 'DEADLINE', waitedMs: expect.any(Number) });
    expect(lateMs).toBeLessThan(ALLOWANCE_MS);
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('an AbortSignal interrupts the program', async () => {
    await board.exec('n = 0');
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 150);
    const call = board.exec('while True: n += 1', { signal: abort.signal });
    await expect(call).rejects.toMatchObject({
      code: 'ABORTED',
      cause: expect.objectContaining({ message: 'enough' }),
    });
    const first = await board.evaluate<number>('n');
    await expect(board.evaluate('n')).resolves.toBe(first);
  });

  test('a signal that fired before sends nothing', async () => {
    await expect(board.exec('n = -1', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await board.evaluate('n')).not.toBe(-1);
  });

  test('calls at once are served in order', async () => {
    await board.exec('log = []');
    await Promise.all(Array.from({ length: 20 }, (_, index) => board.exec(`log.append(${index})`)));
    await expect(board.evaluate('log')).resolves.toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});

test('identity', async () => {
  const identity = await board.identity();
  expect(identity).toMatchObject({
    platform: 'linux',
    version: expect.stringMatching(/^1\.\d+\.\d+$/),
    freeHeap: expect.any(Number),
    modules: { tls: true },
  });
  expect(await board.identity()).toBe(identity);
});

test('traffic passes by listeners', async () => {
  const seen: string[] = [];
  const stop = board.onTraffic(({ direction }) => seen.push(direction));
  await board.evaluate('1');
  stop();
  expect(new Set(seen)).toEqual(new Set(['host', 'board']));
});

test('closing interrupts what runs, and the board is free for the next session', async () => {
  const { virtual } = bench;
  const running = board.exec('while True: pass').catch((error: { code: string }) => error.code);
  await board.close();
  expect(await running).toMatch(/PYTHON|TRANSPORT_CLOSED/);
  await using next = await openBoard(virtual.path);
  await expect(next.evaluate('1+1')).resolves.toBe(2);
});

test('no memory for the command itself is a MemoryError, not a bad line', async () => {
  await using bench = await openBench({ heapBytes: 96 * 1024 });
  const { board } = bench;
  const long = `x = '${'x'.repeat(60_000)}'`;
  await expect(board.exec(long)).rejects.toMatchObject({ code: 'PYTHON', type: 'MemoryError' });
  await expect(board.evaluate('1+1')).resolves.toBe(2);
});
