import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Board,
  openBoard,
  openTransport,
  parseLiteral,
  py,
  ReplDriverError,
  tryParseLiteral,
} from '../src/index.ts';
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

const bytes = Uint8Array.of(1);
/** What a caller without a type checker can hand in. */
// biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject
type Wrong = any;

/** The call is refused at once, with one sentence, and the board stays usable. */
async function refused(call: () => Promise<unknown>, message: RegExp, code = 'BAD_VALUE'): Promise<void> {
  const recoveries = bench.recoveries.length;
  const error = await call().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReplDriverError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(bench.recoveries.length, 'the board was left alone').toBe(recoveries);
  expect((error as ReplDriverError).message, 'one sentence').toMatch(/^[^\n]*\.$/);
  await expect(board.evaluate('6*7')).resolves.toBe(42);
}

describe('contents that are none', () => {
  const wrongContents: [string, Wrong, RegExp][] = [
    ['nothing', undefined, /undefined/],
    ['null', null, /null/],
    ['a number', 5, /a number/],
    ['an array', [1, 2], /an Array/],
    ['a Blob', new Blob(['x']), /a Blob/],
    ['half a surrogate pair', '\ud800', /surrogate|a string/],
  ];
  test.for(wrongContents)('%s', async ([, content, message]) => {
    await refused(() => board.files.write('/wrong', content), message);
    await refused(() => board.files.sync('/wrong', { a: bytes, b: content }), message);
    await refused(() => board.files.upload('wrong', content), message);
    await expect(board.files.stat('/wrong')).rejects.toMatchObject({ errnoName: 'ENOENT' });
  });

  test.for(['class', 'None', 'await', '', '1x', 'a.b', 5])('%j is no variable', async (name) => {
    await refused(() => board.files.upload(name as Wrong, bytes), /keyword of Python|no Python name/);
  });

  test('text is no variable of bytes', async () => {
    await refused(() => board.files.upload('wrong', 'text' as Wrong), /a string/);
  });

  test('every kind of bytes, and text, are a file', async () => {
    const words = new Uint16Array([0x0102, 0x0304]);
    await board.files.sync('/kinds', {
      text: 'ä',
      words,
      buffer: words.buffer,
      part: new DataView(words.buffer, 1, 2),
    } as Wrong);
    const read = async (name: string) => [...(await board.files.read(`/kinds/${name}`))];
    expect(await read('text')).toEqual([0xc3, 0xa4]);
    expect(await read('words')).toEqual([2, 1, 4, 3]);
    expect(await read('buffer')).toEqual([2, 1, 4, 3]);
    expect(await read('part')).toEqual([1, 4]);
    await board.files.upload('words', words as Wrong);
    await expect(board.evaluate('words')).resolves.toEqual(Uint8Array.of(2, 1, 4, 3));
  });
});

describe('a sync of what is no set of files leaves the folder alone', () => {
  const wrongSets: [string, Wrong][] = [
    ["a folder of the host's", './app'],
    ['a list', ['main.py']],
    ['a Map', new Map([['main.py', bytes]])],
    ['nothing', undefined],
    ['a number', 5],
  ];
  test.for(wrongSets)('%s', async ([, files]) => {
    await board.files.sync('/kept', { 'main.py': bytes });
    await refused(() => board.files.sync('/kept', files), /lib\/driver\.py/);
    await expect(board.files.read('/kept/main.py')).resolves.toEqual(bytes);
  });
});

test.for<[string, (path: Wrong) => Promise<unknown>]>([
  ['write', (path) => board.files.write(path, bytes)],
  ['read', (path) => board.files.read(path)],
  ['list', (path) => board.files.list(path)],
  ['stat', (path) => board.files.stat(path)],
  ['remove', (path) => board.files.remove(path)],
  ['mkdir', (path) => board.files.mkdir(path)],
  ['rename', (path) => board.files.rename('/a', path)],
  ['sync', (path) => board.files.sync(path, {})],
])('%s of what is no path', async ([, call]) => {
  for (const path of [null, 5, ['/a'], {}]) await refused(() => call(path), /no path/);
});

describe('calls', () => {
  test.for<[string, Wrong]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['bytes', bytes],
  ])('code that is %s', async ([, code]) => {
    await refused(() => board.exec(code), /code/);
    await refused(() => board.evaluate(code), /code/);
    await refused(() => board.stream(code), /code/);
    await refused(() => board.call(code), /callable/);
  });

  test('arguments that are no list', async () => {
    for (const args of ['text', 5, {}, null] as Wrong[]) await refused(() => board.call('print', args), /array/);
  });

  test('a reset that there is not', async () => {
    for (const kind of ['hard', '', 'toString', 5] as Wrong[])
      await refused(() => board.reset(kind), /soft, run or power/);
  });

  test('py as a function', () => {
    expect(() => (py as Wrong)('print(1)')).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
  });

  test('a literal that is no text', () => {
    for (const text of [undefined, null, 5] as Wrong[]) {
      expect(() => parseLiteral(text)).toThrow(expect.objectContaining({ code: 'BAD_VALUE' }));
      expect(tryParseLiteral(text)).toBeUndefined();
    }
  });

  test('a schema that is none, or that fails', async () => {
    await refused(() => board.evaluate('1', { schema: {} as Wrong }), /Standard Schema/);
    const validate = () => {
      throw new TypeError('async in sync');
    };
    const schema = { '~standard': { version: 1, vendor: 'test', validate } } as Wrong;
    await refused(() => board.evaluate('1', { schema }), /^The schema itself failed .*async in sync/);
  });

  test('a signal that is none', async () => {
    for (const signal of [{}, new AbortController()] as Wrong[])
      await refused(() => board.exec('1', { signal }), /AbortSignal/);
  });
});

test('markers and input that are none', async () => {
  await using program = await board.stream('import time\nwhile True: time.sleep_ms(5)');
  const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error);
  for (const marker of [undefined, null, 5, ['a']] as Wrong[])
    expect(await failure(program.waitFor(marker))).toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringMatching(/marker/),
    });
  for (const input of [undefined, 'text\r', 5, [1]] as Wrong[])
    expect(await failure(program.write(input))).toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringMatching(/bytes/),
    });
});

describe('opening', () => {
  test('a URL that is none', async () => {
    for (const url of [undefined, null, 5] as Wrong[]) {
      await refused(() => openBoard(url), /dev\/…/, 'BAD_URL');
      await refused(() => openTransport(url), /dev\/…/, 'BAD_URL');
    }
  });

  test('secrets that are none, told without them, before the port is taken', async () => {
    await using virtual = await startVirtualBoard({});
    for (const secrets of ['hunter2', [undefined], [5], new Set(['hunter2'])] as Wrong[])
      await refused(() => openBoard(virtual.path, { secrets }), /^(?!.*hunter2)(?!.*5).*secrets/);
    await using free = await openBoard(virtual.path, { secrets: [] });
    await expect(free.evaluate('1')).resolves.toBe(1);
  });
});
