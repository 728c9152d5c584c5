import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lease, parseBoard } from '@wirewrap/boards';
import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { listBoards } from '../src/board/board-listing.ts';
import { chipOf } from '../src/board/describe-identity.ts';
import { wirewrap } from './wirewrap.ts';

const options = { signal: new AbortController().signal, ask: true };
const port = (path: string) => ({ path, usb: null, bridge: null, serialNumber: null, byId: null });

describe('wirewrap boards', () => {
  test('asks a free board who it is', async () => {
    await using board = await startVirtualBoard();
    const [listing] = await listBoards([port(board.path)], options);
    expect(listing).toMatchObject({ holder: null, firmware: expect.stringMatching(/^MicroPython 1\.\d+\.\d+/) });
  });

  test('names the process that has the port, and does not disturb it', async () => {
    await using board = await startVirtualBoard();
    await using session = await openBoard(board.path);
    const running = session.exec('import time\ntime.sleep(1)\nprint("done")');
    const [listing] = await listBoards([port(board.path)], options);
    expect(listing).toMatchObject({
      firmware: 'not asked: in use',
      holder: expect.stringContaining(`process ${process.pid}`),
    });
    expect(await running).toBe('done\n');
  });

  test('names who leased it', async () => {
    await using board = await startVirtualBoard();
    await using _lease = await Lease.acquire(parseBoard(board.path), { purpose: 'a nightly run' });
    const [listing] = await listBoards([port(board.path)], options);
    expect(listing?.holder).toContain('a nightly run');
  });

  test('says what is wrong with a port that cannot be opened', async () => {
    const [listing] = await listBoards([port('/dev/ttyNOWHERE')], options);
    expect(listing?.firmware).toContain('no port /dev/ttyNOWHERE');
  });

  test('runs as a command', async () => {
    const { exitCode, stdout } = await wirewrap(['boards', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ports: expect.any(Array), configured: [] });
  });
});

test('wirewrap.config.ts may lie anywhere and import its types all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-home-'));
  try {
    const path = join(folder, 'wirewrap.config.ts');
    const boards = "{ desk: { url: '/dev/ttyUSB7', tags: ['nightly'] } }";
    await writeFile(
      path,
      `import { defineConfig } from 'wirewrap';\nexport default defineConfig({ boards: ${boards} });\n`,
    );
    const { exitCode, stdout, stderr } = await wirewrap(['boards', '--json'], { WIREWRAP_CONFIG: path });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout).configured).toEqual([{ name: 'desk', url: '/dev/ttyUSB7', tags: ['nightly'] }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.for([
  ['Generic ESP32 module with ESP32', 'ESP32'],
  ['ESP32C3 module with ESP32C3', 'ESP32-C3'],
  ['Generic ESP32S3 module with ESP32S3', 'ESP32-S3'],
  ['LOLIN_S2_MINI with ESP32-S2FN4R2', 'ESP32-S2'],
  ['linux [GCC 14.2.0] version', null],
] as const)('%s has the chip %s', ([machine, chip]) => {
  expect(chipOf({ machine })).toBe(chip);
});
