import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameOnBoard } from '../src/agent/programs.ts';
import { type Board, openBoard } from '../src/index.ts';
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

const compressible = Buffer.from('def f(x):\n    return x + 1\n'.repeat(800));
const contents: [string, Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(3)],
  ['127 bytes', randomBytes(127)],
  ['128 bytes', randomBytes(128)],
  ['129 bytes', randomBytes(129)],
  ['256 bytes', randomBytes(256)],
  ['4096 bytes', randomBytes(4096)],
  ['4097 bytes', randomBytes(4097)],
  ['all byte values', Uint8Array.from({ length: 512 }, (_, index) => index % 256)],
  ['nothing but 03 and 04', new Uint8Array(700).fill(3).fill(4, 300)],
  ['20 KB random', randomBytes(20_000)],
  ['21 KB that shrink', compressible],
];

describe('files', () => {
  test.for(contents)('%s go to the board and come back', async ([, bytes]) => {
    await board.files.write('/t.bin', bytes);
    expect(Buffer.from(await board.files.read('/t.bin')).equals(bytes)).toBe(true);
    await expect(board.files.stat('/t.bin')).resolves.toEqual({ path: '/t.bin', kind: 'file', size: bytes.length });
  });

  test.for(contents)('%s go into a RAM variable', async ([, bytes]) => {
    await board.files.upload('blob', bytes);
    const [size, type, hash] = await board.evaluate<[number, string, Uint8Array]>(
      "(len(blob), type(blob).__name__, __import__('hashlib').sha256(blob).digest())",
    );
    expect([size, type]).toEqual([bytes.length, 'bytes']);
    expect(Buffer.from(hash)).toEqual((await import('node:crypto')).createHash('sha256').update(bytes).digest());
  });

  test.for(['_w', '_ww'])("the program's own global %s stays, and files go past it", async (name) => {
    for (const value of ['5', 'None', '[]', 'print']) {
      await board.reset();
      await board.exec(`${name} = ${value}`);
      await board.files.sync('/past', { a: Uint8Array.of(1), 'b/c': randomBytes(500) });
      await board.files.upload('blob', Uint8Array.of(2));
      await expect(board.files.read('/past/a')).resolves.toEqual(Uint8Array.of(1));
      await expect(board.evaluate(`blob == b'\x02' and ${name} is ${value} or ${name} == ${value}`)).resolves.toBe(
        true,
      );
    }
    await board.exec(`del ${name}`);
  });

  test('equal files are skipped by hash', async () => {
    const bytes = randomBytes(8_000);
    await board.files.write('/same.bin', bytes);
    let sent = 0;
    const stop = board.onTraffic(({ direction, bytes: passed }) => {
      if (direction === 'host') sent += passed.length;
    });
    await board.files.write('/same.bin', bytes);
    stop();
    expect(sent).toBeLessThan(300);
  });

  test('what shrinks crosses the line deflated', async () => {
    let sent = 0;
    const stop = board.onTraffic(({ direction, bytes }) => {
      if (direction === 'host') sent += bytes.length;
    });
    await board.files.write('/packed.py', compressible);
    stop();
    expect(sent).toBeLessThan(compressible.length / 4);
  });

  test('never more than two windows are in flight', async () => {
    let inFlight = 0;
    let most = 0;
    let begun = false;
    let last = '';
    const stop = board.onTraffic(({ direction, bytes }) => {
      if (direction === 'board') {
        const text = Buffer.from(bytes).toString('latin1');
        // The two grants may come apart.
        begun ||= (last + text).includes('\x06\x06');
        last = text.slice(-1);
        inFlight -= 128 * (text.split('\x06').length - 1);
      } else if (begun) {
        inFlight += bytes.length;
        most = Math.max(most, inFlight);
      }
    });
    await board.files.write('/windows.bin', randomBytes(3_000));
    stop();
    // Two grants are counted before the first byte goes.
    expect(most).toBeLessThanOrEqual(0);
    expect(begun).toBe(true);
  });

  test('progress goes from the first window to the whole', async () => {
    const seen: [number, number][] = [];
    await board.files.write('/p.bin', randomBytes(2_000), { onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.at(-1)).toEqual([2_000, 2_000]);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).sort((a, b) => a - b));
  });

  test('exceptions carry errno names', async () => {
    await expect(board.files.read('/none')).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.files.stat('/none')).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.files.remove('/none')).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.files.list('/none')).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.files.write('/none/x', 'x')).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await board.files.mkdir('/dir');
    await expect(board.files.mkdir('/dir')).rejects.toMatchObject({ errnoName: 'EEXIST' });
    await expect(board.files.write('/none/y', randomBytes(5_000))).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  });

  test('rename, list, remove', async () => {
    await board.files.mkdir('/ls');
    await board.files.write('/ls/b', 'two');
    await board.files.write('/ls/a', 'é');
    await board.files.rename('/ls/b', '/ls/c');
    await board.files.mkdir('/ls/d');
    await expect(board.files.list('/ls')).resolves.toEqual([
      { path: '/ls/a', kind: 'file', size: 2 },
      { path: '/ls/c', kind: 'file', size: 3 },
      { path: '/ls/d', kind: 'directory', size: 0 },
    ]);
    for (const path of ['/ls/a', '/ls/c', '/ls/d', '/ls']) await board.files.remove(path);
    await expect(board.files.stat('/ls')).rejects.toMatchObject({ errnoName: 'ENOENT' });
  });

  test('a name as long as the file system takes', async () => {
    for (const path of [`/${'n'.repeat(255)}`, `/dir/${'\u20ac'.repeat(85)}`, `/${'m'.repeat(252)}`]) {
      await board.files.write(path, 'old');
      await board.files.write(path, 'new');
      expect(Buffer.from(await board.files.read(path)).toString()).toBe('new');
      await board.files.remove(path);
    }
    await expect(board.files.write(`/${'n'.repeat(256)}`, 'x')).rejects.toMatchObject({ errnoName: 'ENAMETOOLONG' });
    expect((await board.files.list('/')).map(({ path }) => path).filter((path) => path.includes('ww~'))).toEqual([]);
  });

  test('a name with a NUL is refused: the board would take what stands before it', async () => {
    await board.files.write('/cut', 'whole');
    const bad = '/cut\0off';
    const { files } = board;
    const calls = [
      files.write(bad, 'x'),
      files.read(bad),
      files.stat(bad),
      files.list(bad),
      files.remove(bad),
      files.mkdir(bad),
      files.rename('/cut', bad),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'BAD_VALUE' });
    expect(Buffer.from(await files.read('/cut')).toString()).toBe('whole');
  });

  test("what a program calls its own does not matter: it may have a 'list'", async () => {
    await board.exec('list = os = 5');
    expect((await board.files.list('/')).map(({ path }) => path)).toContain('/boot.py');
    await board.exec('del list, os');
  });

  test('sync makes a folder equal', async () => {
    const files = {
      'main.py': Buffer.from('x'),
      'lib/a.py': compressible,
      'lib/deep/b.bin': randomBytes(300),
      empty: new Uint8Array(),
    };
    await board.files.sync('/app', files);
    await board.files.sync('/app', { 'main.py': Buffer.from('y'), 'lib/a.py': compressible });
    const tree = [...(await board.files.list('/app')), ...(await board.files.list('/app/lib'))].map(({ path }) => path);
    expect(tree.sort()).toEqual(['/app/lib', '/app/lib/a.py', '/app/main.py']);
    await expect(board.files.read('/app/main.py')).resolves.toEqual(new Uint8Array(Buffer.from('y')));
    await expect(board.files.sync('/app', { '../x': new Uint8Array() })).rejects.toMatchObject({ code: 'BAD_VALUE' });
  });

  test('an aborted transfer leaves the old file whole and the session usable', async () => {
    await board.files.write('/old.bin', 'old');
    const abort = new AbortController();
    const onProgress = (done: number) => {
      if (done > 4_000) abort.abort();
    };
    await expect(
      board.files.write('/old.bin', randomBytes(50_000), { signal: abort.signal, onProgress }),
    ).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
    expect(Buffer.from(await board.files.read('/old.bin')).toString()).toBe('old');
  });
});

test('file contents do not appear in the traffic of errors', async () => {
  const secret = 'SECRET-CONTENT-0123456789';
  await board.files.write('/secret.txt', secret);
  const error = await board.exec('raise ValueError()').catch((reason: { traffic: string }) => reason);
  expect((error as { traffic: string }).traffic).not.toContain(secret);
});

test('a small heap gets a plain stream, and what does not fit is a MemoryError', async () => {
  await using small = await openBench({ heapBytes: 128 * 1024 });
  await small.board.files.write('/s.py', compressible);
  expect(Buffer.from(await small.board.files.read('/s.py')).equals(compressible)).toBe(true);
  await expect(small.board.files.upload('big', randomBytes(200_000))).rejects.toMatchObject({ type: 'MemoryError' });
  await expect(small.board.evaluate('1+1')).resolves.toBe(2);
});

test('32 KiB of heap are enough for files', async () => {
  await using small = await openBench({ heapBytes: 32 * 1024 });
  const { files } = small.board;
  await files.write('/s.py', compressible);
  expect(Buffer.from(await files.read('/s.py')).equals(compressible)).toBe(true);
  await files.sync('/app', { 'lib/a.py': compressible, 'main.py': new Uint8Array(Buffer.from('import a')) });
  expect(Buffer.from(await files.read('/app/lib/a.py')).equals(compressible)).toBe(true);
});

test('what is under way when the board finds an error is no command, however long the line takes', async () => {
  await using far = await openBench({ latencyMs: 90 });
  const { board } = far;
  // Too short to go deflated.
  const program = Buffer.from("\x03\x01open('/trap', 'w').close()\x04");
  for (const content of [program, randomBytes(1_000)]) {
    await expect(board.files.write('/none/x', content)).rejects.toMatchObject({ errnoName: 'ENOENT' });
    await expect(board.evaluate('1+1')).resolves.toBe(2);
  }
  await expect(board.files.stat('/trap')).rejects.toMatchObject({ errnoName: 'ENOENT' });
});

test('a word of alarm that is printed under an upload is no reset', async () => {
  await using other = await openBench();
  await other.board.files.write('/a.txt', 'a');
  // In the place of a thread of the program's: it prints while the board looks at what it holds, and at what came.
  const name = nameOnBoard('file_hash');
  await other.board.exec(
    `def alarm(path, view):\n print('the watchdog was fed')\n raise OSError(28)\ntype(_ww).x.__globals__['${name}'] = alarm`,
  );
  await expect(other.board.files.write('/b.txt', 'b')).rejects.toMatchObject({ errnoName: 'ENOSPC' });
});

test('a session is recorded and replayed without the board', async () => {
  const { mkdtempSync, readFileSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const file = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'session.jsonl');
  const talk = async (session: Board) => [
    await session.exec("print('hi')"),
    await session.evaluate('[1, 2]'),
    await session.exec('boom').catch((error: { type: string }) => error.type),
  ];
  const { virtual } = bench;
  await board.close();
  const recorded = await openBoard(virtual.path, { record: file, secrets: ['hunter2'] });
  const heard = await talk(recorded);
  await recorded.exec("password = 'hunter2'");
  await recorded.close();
  expect(heard).toEqual(['hi\n', [1, 2], 'NameError']);
  expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from('hunter2').toString('hex'));
  await using replayed = await openBoard(`replay:${file}`);
  expect(await talk(replayed)).toEqual(heard);
});

test('a CA bundle as large as real ones goes into a heap of 130 KiB, and what is too large is named with its size', async () => {
  await using small = await openBench({ heapBytes: 130 * 1024 });
  await small.board.exec('pass');
  await small.board.files.upload('bundle', randomBytes(59_677));
  await expect(small.board.evaluate('(len(bundle), type(bundle).__name__)')).resolves.toEqual([59_677, 'bytes']);
  await small.board.exec('bundle = None');
  await expect(small.board.files.upload('bundle', randomBytes(200_000))).rejects.toMatchObject({
    type: 'MemoryError',
    message: expect.stringMatching(/\d+ bytes are free, but not 200000 in one piece .*the upload of bundle/),
  });
});

test('files of the user that are called as modules of the firmware do not stand in the way, and are named', async () => {
  await using other = await openBench();
  const { board } = other;
  const names = ['binascii', 'hashlib', 'os', 'io', 'select', 'micropython', 'builtins', 'machine', 'gc', 'ssl'];
  const wrong = "raise ValueError('not the module of the firmware')\n";
  await board.files.sync('/', Object.fromEntries(names.map((name) => [`${name}.py`, wrong])));
  await board.reset();
  const bytes = randomBytes(3_000);
  await board.files.write('/x.bin', bytes);
  await expect(board.files.read('/x.bin')).resolves.toEqual(new Uint8Array(bytes));
  await board.files.sync('/lib', { 'a.py': 'a = 1' });
  const { platform, modules, hidingFiles } = await board.identity();
  expect(platform).toBe('linux');
  expect(modules.ssl).toBe(true);
  expect(hidingFiles).toEqual(expect.arrayContaining(['/ssl.py', '/binascii.py', '/hashlib.py']));
});

test('a file that the flash has no room for is refused before it is sent', async () => {
  await using other = await openBench();
  const { board } = other;
  const [block, , , free] = await board.evaluate<number[]>("__import__('os').statvfs('/')");
  const size = (block ?? 0) * (free ?? 0) + 20_000;
  let sent = 0;
  board.onTraffic(({ direction, bytes }) => {
    if (direction === 'host') sent += bytes.length;
  });
  await expect(board.files.write('/large.bin', randomBytes(size))).rejects.toMatchObject({
    errnoName: 'ENOSPC',
    message: expect.stringMatching(/\d+ bytes are free.*ENOSPC.*writing \/large\.bin/),
  });
  expect(sent).toBeLessThan(20_000);
  await expect(board.files.stat('/large.bin')).rejects.toMatchObject({ errnoName: 'ENOENT' });
});
