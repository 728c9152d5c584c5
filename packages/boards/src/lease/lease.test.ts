import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseBoard } from '../settings/board-settings.ts';
import { Lease, type LeaseOptions } from './lease.ts';
import { type LeaseEntry, leasePath, readLease, staleReason } from './lease-file.ts';

let folder: string;
const board = '/dev/ttyTEST0';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-lease-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const acquire = (options: Partial<LeaseOptions> = {}) =>
  Lease.acquire(parseBoard(board), { purpose: 'a test', folder, ...options });
const path = () => leasePath(parseBoard(board), folder) ?? '';

async function abandon(lease: Partial<LeaseEntry>): Promise<void> {
  const record = {
    id: 'x',
    board,
    user: 'ann',
    pid: process.pid,
    purpose: 'p',
    since: '',
    until: '2999-01-01T00:00:00Z',
  };
  await writeFile(path(), JSON.stringify({ ...record, ...lease }));
}

describe('Lease', () => {
  test('says who has the board, since when and until when, and goes when it is released', async () => {
    {
      await using _lease = await acquire();
      const lease = await readLease(path());
      expect(lease).toMatchObject({ board, pid: process.pid, purpose: 'a test' });
      expect(Date.parse(lease?.until ?? '')).toBeGreaterThan(Date.now());
      await expect(acquire()).rejects.toMatchObject({
        code: 'LEASED',
        message: expect.stringMatching(/ttyTEST0 is in use by .* \(process \d+, a test\) since .* until .*--wait/),
      });
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('--wait queues until the holder releases', async () => {
    const first = await acquire();
    const waits: string[] = [];
    const onWait = (holder: string) => {
      waits.push(holder);
      void first.release();
    };
    await using _second = await acquire({ wait: true, onWait });
    expect(waits).toHaveLength(1);
  });

  test('waiting ends with the signal', async () => {
    await using _first = await acquire();
    await expect(acquire({ wait: true, signal: AbortSignal.timeout(100) })).rejects.toThrow();
  });

  test.for([
    ['whose process is gone', { pid: 2 ** 22 + 1 }],
    ['that ran out', { until: '2020-01-01T00:00:00Z' }],
    ['that is unreadable', { id: undefined }],
  ] as const)('a lease %s is taken over', async ([, lease]) => {
    await abandon(lease as Partial<LeaseEntry>);
    await using _lease = await acquire();
    expect(await readLease(path())).toMatchObject({ purpose: 'a test' });
  });

  test('of many that take over a stale lease at once exactly one gets it', async () => {
    for (let round = 0; round < 20; round += 1) {
      await abandon({ pid: 2 ** 22 + 1 });
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquire()));
      const won = results.filter((result) => result.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]?.value.release();
    }
  });

  test('a folder that cannot be written is one sentence', async () => {
    await writeFile(join(folder, 'occupied'), '');
    const taking = acquire({ folder: join(folder, 'occupied', 'leases') });
    await expect(taking).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('occupied') });
  });

  test('is renewed while it is held', async () => {
    await using _lease = await acquire({ termMs: 400 });
    const before = (await readLease(path()))?.until ?? '';
    await expect.poll(async () => (await readLease(path()))?.until ?? '').not.toBe(before);
  });

  test('is gone when it is released, also in the middle of a renewal', async () => {
    for (let round = 0; round < 50; round += 1) {
      const lease = await acquire({ termMs: 4 });
      await new Promise((resolve) => setTimeout(resolve, round % 7));
      await lease.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test('never removes the lease of another', async () => {
    const lease = await acquire();
    await abandon({});
    await lease.release();
    expect(await readLease(path())).toMatchObject({ id: 'x' });
  });
});

describe('leasePath', () => {
  test.for(['virtual', 'virtual?ssl=1.18', 'labgrid:desk', 'emu:esp32c3?firmware=x'])('%s needs none', (url) => {
    expect(leasePath(parseBoard(url))).toBeNull();
  });

  test('is the same for a link to the device, with and without options', async () => {
    const link = join(folder, 'by-id');
    await symlink('/dev/null', link);
    expect(leasePath(parseBoard(`serial:${link}?baud=9600`))).toBe(leasePath(parseBoard('/dev/null')));
  });
});

test('a process of another user counts as running', () => {
  const lease = { pid: 1, until: '2999-01-01T00:00:00Z' } as LeaseEntry;
  expect(staleReason(lease, Date.now())).toBeNull();
});
