import { randomBytes } from 'node:crypto';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { type Board, openBoard, openTransport, type Transport } from '../src/index.ts';
import { STALL_MS } from '../src/line/stall-watch.ts';
import { serverMissing, startSer2net } from './port-server.ts';
import { startBridge } from './tcp-bridge.ts';

const OLD = 'the old file';
/** So slow that a transfer takes seconds. */
const BAUD = 115_200;

type Transfer = (board: Board, onProgress: (done: number) => void) => Promise<unknown>;
const write: Transfer = (board, onProgress) => board.files.write('/kept.bin', randomBytes(30_000), { onProgress });

const transfers: [string, Transfer][] = [
  ['write', write],
  ['upload', (board, onProgress) => board.files.upload('blob', randomBytes(30_000), { onProgress })],
  ['read', (board, onProgress) => board.files.read('/long.bin', { onProgress })],
  [
    'sync',
    (board, onProgress) =>
      board.files.sync('/app', { 'a.bin': randomBytes(20_000), 'b.bin': randomBytes(10_000) }, { onProgress }),
  ],
];

async function prepared(url: string): Promise<Board> {
  const board = await openBoard(url);
  await board.files.write('/kept.bin', OLD);
  await board.files.sync('/app', { 'a.bin': Buffer.from(OLD), 'b.bin': Buffer.from(OLD) });
  await board.exec("blob = 'old'\nwith open('/long.bin','wb') as f:\n for i in range(30): f.write(bytes(1024))");
  return board;
}

/** Starts the transfer and, once it is well under way, does what breaks it; its error, and the milliseconds after that. */
async function broken(
  board: Board,
  transfer: Transfer,
  breakIt: () => unknown,
): Promise<{ error: unknown; afterMs: number }> {
  let atMs = Number.NaN;
  const error = await transfer(board, (done) => {
    if (done < 5_000 || !Number.isNaN(atMs)) return;
    atMs = performance.now();
    void breakIt();
  }).catch((thrown: unknown) => thrown);
  return { error, afterMs: performance.now() - atMs };
}

/** All files are the old ones or the new ones, whole, and the session goes on. */
async function expectWhole(board: Board): Promise<void> {
  expect(Buffer.from(await board.files.read('/kept.bin')).toString()).toBe(OLD);
  await expect(board.evaluate('blob')).resolves.toBe('old');
  expect(await board.files.stat('/long.bin')).toMatchObject({ size: 30 * 1024 });
  expect([OLD.length, 20_000]).toContain((await board.files.stat('/app/a.bin')).size);
  expect([OLD.length, 10_000]).toContain((await board.files.stat('/app/b.bin')).size);
  const names = [...(await board.files.list('/')), ...(await board.files.list('/app'))].map(({ path }) => path);
  expect(names.filter((name) => name.endsWith('~'))).toEqual([]);
}

describe('tcp:// and the other end vanishes in the middle of', () => {
  test.for(transfers)('%s: it fails at once, and the next call reopens', async ([, transfer]) => {
    await using virtual = await startVirtualBoard({ baudRate: BAUD });
    await using bridge = await startBridge(virtual.path);
    await using board = await prepared(bridge.url);
    for (const how of ['end', 'reset'] as const) {
      const { error, afterMs } = await broken(board, transfer, () => bridge.cut(how));
      expect(error).toMatchObject({
        code: 'TRANSPORT_CLOSED',
        message: expect.stringMatching(
          /^The connection to tcp:\/\/127\.0\.0\.1:\d+ is gone \(.*\); check the cable or the host at the other end\.$/,
        ),
      });
      expect(afterMs, 'before silence is noticed').toBeLessThan(STALL_MS);
      await expectWhole(board);
    }
  });

  test('write, and nobody listens for a while', async () => {
    await using virtual = await startVirtualBoard({ baudRate: BAUD });
    await using bridge = await startBridge(virtual.path);
    await using board = await prepared(bridge.url);
    const { error } = await broken(board, write, () => bridge.stop());
    expect(error).toMatchObject({ code: 'TRANSPORT_CLOSED' });
    await expect(board.evaluate('1')).rejects.toMatchObject({
      code: 'NO_SUCH_PORT',
      message: expect.stringMatching(
        /^Cannot reach tcp:.*: nothing listens there; start the emulator or the port server\.$/,
      ),
    });
    setTimeout(() => void bridge.start(), 1_500);
    await expectWhole(board);
  });

  test.for(transfers)('%s, without a word: silence is noticed, and the next call reopens', async ([name, transfer]) => {
    await using virtual = await startVirtualBoard({ baudRate: BAUD });
    await using bridge = await startBridge(virtual.path);
    await using board = await prepared(bridge.url);
    const { error, afterMs } = await broken(board, transfer, () => bridge.freeze());
    expect(error).toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(
        /was not transferred \(in attempt 1 the board fell silent\), and the board does not answer any more; check cable/,
      ),
    });
    expect(afterMs, name).toBeLessThan(20_000);
    await expectWhole(board);
  });
});

test('a connection that is dropped as soon as it stands is opened once more', async () => {
  await using virtual = await startVirtualBoard({});
  let opened = 0;
  const transports: Transport[] = [];
  await using board = await openBoard(virtual.path, {
    open: async (url, options) => {
      const transport = await openTransport(url, options);
      transports.push(transport);
      // Before anything that the board answers can be read.
      if (++opened === 2) setImmediate(() => void transport.close());
      return transport;
    },
  });
  await board.exec('x = 1');
  await transports[0]?.close();
  await expect(board.evaluate('x')).resolves.toBe(1);
  expect(opened).toBe(3);
});

const title = serverMissing
  ? 'rfc2217:// and the port server vanishes (skipped: ser2net is not installed; apt-get install ser2net)'
  : 'rfc2217:// and a real ser2net vanishes in the middle of';

describe.skipIf(serverMissing)(title, () => {
  test.for(transfers)('%s: it fails at once, and the next call finds it again', async ([, transfer]) => {
    await using virtual = await startVirtualBoard({ baudRate: BAUD });
    const connector = `serialdev,${virtual.path},115200n81,local`;
    const first = await startSer2net(connector);
    const board = await prepared(first.url);
    const { error, afterMs } = await broken(board, transfer, () => first[Symbol.asyncDispose]());
    expect(error).toMatchObject({
      code: 'TRANSPORT_CLOSED',
      message: expect.stringMatching(/^The connection to rfc2217:\/\/127\.0\.0\.1:\d+ (is gone|broke).*\.$/),
    });
    expect(afterMs, 'before silence is noticed').toBeLessThan(STALL_MS);
    const reading = board.files.stat('/kept.bin', { deadlineMs: 20_000 });
    // Awaited only once the server is back.
    reading.catch(() => {});
    await using second = await startSer2net(connector, first.port);
    void second;
    expect(await reading).toMatchObject({ size: OLD.length });
    await expectWhole(board);
    await board.close();
  });
});
