import { describe, expect, test } from 'vitest';
import { names, openFaulty } from './faulty-board.ts';
import { type Fault, unmistakableBytes } from './faulty-line.ts';

const shrinking = Buffer.from(Array.from({ length: 900 }, (_, index) => `line ${index * index}\n`).join(''));
const contents: [string, Buffer][] = [
  ['random bytes', unmistakableBytes(3_000)],
  ['bytes that go deflated', shrinking],
];
/** In a window, at its end, and the last one of all: where the board sits and waits differs. */
const faults: [string, Fault][] = [
  ['a changed byte', { how: 'change', at: 700 }],
  ['a lost byte', { how: 'lose', at: 700 }],
  ['a lost byte at the end of a window', { how: 'lose', at: 255 }],
  // Not the very last: random bytes go deflated when that saves a few of them.
  ['a lost byte in the last window', { how: 'lose', at: 2_900 }],
  ['a doubled byte', { how: 'double', at: 700 }],
];
const cases = faults
  .flatMap(([fault, how]) => contents.map(([content, bytes]) => ({ fault, how, content, bytes })))
  // What goes deflated is shorter.
  .filter(({ how, bytes }) => how.at < 2_000 || bytes !== shrinking);

describe('what arrived damaged is sent again', () => {
  test.for(cases)('a file: $fault, $content', async ({ how, bytes }) => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    line.uploads.push(how);
    await board.files.write('/kept.bin', bytes);
    expect(line.streams).toBe(2);
    expect(Buffer.from(await board.files.read('/kept.bin')).equals(bytes)).toBe(true);
    expect(await names(board)).not.toContain('/kept.bin.ww~');
  });

  test.for(cases)('a variable: $fault, $content', async ({ how, bytes }) => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    line.uploads.push(how);
    await board.files.upload('blob', bytes);
    expect(line.streams).toBe(2);
    expect(Buffer.from(await board.evaluate<Uint8Array>('blob')).equals(bytes)).toBe(true);
  });

  test.for(['change', 'lose', 'double'] as const)('a download: %s', async (how) => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    const bytes = unmistakableBytes(3_000);
    await board.files.write('/kept.bin', bytes);
    line.downloads.push({ how, at: 1_500 });
    expect(Buffer.from(await board.files.read('/kept.bin')).equals(bytes)).toBe(true);
    expect(line.downloads).toEqual([]);
  });

  test.for(['change', 'lose', 'double'] as const)('a grant: %s', async (how) => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    const bytes = unmistakableBytes(6_000);
    line.grants.push({ how, at: 9 });
    await board.files.write('/kept.bin', bytes);
    expect(line.grants).toEqual([]);
    expect(Buffer.from(await board.files.read('/kept.bin')).equals(bytes)).toBe(true);
  });

  test('a sync goes on with the files that are not there yet', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`lib/${index}.bin`, new Uint8Array(unmistakableBytes(500))]),
    );
    const seen: [number, number][] = [];
    // Of the first 25 files the 21st is damaged.
    line.uploads.push({ how: 'change', at: 20 * 500 + 250 });
    await board.files.sync('/app', files, { onProgress: (done, total) => seen.push([done, total]) });
    expect(line.streams).toBe(3);
    expect(line.contentBytes).toBeLessThan(15_000 + 6 * 500);
    for (const index of [0, 20, 29]) {
      expect(await board.files.read(`/app/lib/${index}.bin`)).toEqual(files[`lib/${index}.bin`]);
    }
    expectSteady(seen, 15_000);
  });
});

describe('what arrives damaged every time', () => {
  const always: Fault[] = [
    { how: 'change', at: 700 },
    { how: 'change', at: 100 },
    { how: 'double', at: 300 },
  ];
  const bytes = unmistakableBytes(3_000);

  test('a file: the old one stays whole, and the error says how often it was tried', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    line.uploads.push(...always);
    const seen: [number, number][] = [];
    const onProgress = (done: number, total: number) => seen.push([done, total]);
    await expect(board.files.write('/kept.bin', bytes, { onProgress })).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(
        /^\/kept\.bin arrived damaged in 3 attempts \(the last time the board said: sha256 differs.*\); .*try again\.$/s,
      ),
      traffic: expect.stringContaining('sha256 differs'),
    });
    expect(line.streams).toBe(3);
    expect(seen.filter(([done, total]) => done >= total)).toEqual([]);
    expect(Buffer.from(await board.files.read('/kept.bin')).toString()).toBe('the old file');
    expect(await names(board)).not.toContain('/kept.bin.ww~');
    await board.files.write('/kept.bin', bytes);
    expect(Buffer.from(await board.files.read('/kept.bin')).equals(bytes)).toBe(true);
  });

  test('a variable: the old value stays', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    await board.exec("blob = 'the old value'");
    line.uploads.push(...always);
    await expect(board.files.upload('blob', bytes)).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringContaining('blob arrived damaged in 3 attempts'),
    });
    await expect(board.evaluate('blob')).resolves.toBe('the old value');
  });

  test('a download', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    await board.files.write('/kept.bin', bytes);
    line.downloads.push(...[500, 900, 1_300, 1_700].map((at) => ({ how: 'change' as const, at })));
    await expect(board.files.read('/kept.bin')).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(
        /^\/kept\.bin arrived damaged in 3 attempts \(the last time its SHA-256 differs\)/,
      ),
    });
    expect(line.downloads).toHaveLength(1);
  });

  test('a sync: what was whole is there, what was not is as before', async () => {
    await using bench = await openFaulty();
    const { board, line } = bench;
    const old = { 'a.bin': Buffer.from('old a'), 'b.bin': Buffer.from('old b') };
    await board.files.sync('/app', old);
    line.uploads.push({ how: 'change', at: 3_100 }, { how: 'change', at: 100 }, { how: 'change', at: 100 });
    await expect(
      board.files.sync('/app', { 'a.bin': bytes, 'b.bin': Buffer.concat([bytes, bytes]) }),
    ).rejects.toMatchObject({ code: 'PROTOCOL', message: expect.stringContaining('in 3 attempts') });
    expect(Buffer.from(await board.files.read('/app/a.bin')).equals(bytes)).toBe(true);
    expect(Buffer.from(await board.files.read('/app/b.bin')).toString()).toBe('old b');
  });
});

test('progress stands still while what was told is sent again, and says all when all is checked', async () => {
  await using bench = await openFaulty();
  const { board, line } = bench;
  line.uploads.push({ how: 'change', at: 2_500 });
  const seen: [number, number][] = [];
  let streamsAtEnd = 0;
  await board.files.write('/kept.bin', unmistakableBytes(3_000), {
    onProgress: (done, total) => {
      seen.push([done, total]);
      if (done === total) streamsAtEnd = line.streams;
    },
  });
  expectSteady(seen, 3_000);
  expect(streamsAtEnd).toBe(2);
});

/** Every report is further than the one before, of the same total, and the last one alone is the whole. */
function expectSteady(seen: readonly [number, number][], total: number): void {
  const done = seen.map(([bytes]) => bytes);
  expect(done).toEqual([...new Set(done)].sort((a, b) => a - b));
  expect(new Set(seen.map(([, of]) => of))).toEqual(new Set([total]));
  expect(done.filter((bytes) => bytes >= total)).toEqual([total]);
  expect(done.at(-1)).toBe(total);
}
