import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenLine, openBoard, openTransport, type Transport } from '../src/index.ts';

let device: VirtualBoard;
beforeAll(async () => {
  device = await startVirtualBoard();
});
afterAll(() => device.close());

/** What one end sends for the identity, changed the first time that it comes. */
interface Damage {
  readonly by: 'host' | 'board';
  readonly from: string;
  readonly to: string;
}

/** A line that changes something once, and notes all that passed. */
function damagedLine(damage: Damage | null): {
  readonly open: OpenLine;
  readonly passed: { host: string; board: string };
} {
  const passed = { host: '', board: '' };
  let left = damage;
  const pass = (by: Damage['by'], bytes: Uint8Array): Buffer => {
    const text = Buffer.from(bytes).toString('latin1');
    passed[by] += text;
    if (left?.by !== by || !text.includes(left.from)) return Buffer.from(bytes);
    const changed = text.replace(left.from, left.to);
    left = null;
    return Buffer.from(changed, 'latin1');
  };
  const open: OpenLine = async (url, options) => {
    const inner = await openTransport(url, options);
    return new Proxy(inner, {
      get(target, name) {
        if (name === 'write') return (bytes: Uint8Array) => inner.write(pass('host', bytes));
        if (name === 'onData') {
          return (listener: Parameters<Transport['onData']>[0]) =>
            inner.onData((bytes) => listener(pass('board', bytes)));
        }
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return { open, passed };
}

test('a board says who it is before it has the agent, and the same afterwards', async () => {
  const { open, passed } = damagedLine(null);
  await using board = await openBoard(device.path, { open });
  const before = await board.identity();
  expect(before).toMatchObject({ platform: 'linux', modules: { tls: true, network: false }, hidingFiles: [] });
  expect(passed.board).toContain('ww2id:');
  expect(passed.board).not.toContain('ww2:');
  await board.exec('mine = 1');
  const { freeHeap: _before, ...known } = before;
  expect(await board.identity({ refresh: true })).toMatchObject(known);
  expect(await board.evaluate("(mine, 'built_in' in globals(), '_wi' in globals())")).toEqual([1, false, false]);
});

test.for([
  ['what is asked', { by: 'host', from: 'platform', to: 'platfirm' }],
  ['the answer', { by: 'board', from: 'linux', to: 'lunix' }],
  ['the checksum', { by: 'board', from: 'ww2id:', to: 'ww2id:0' }],
] as const)('%s that arrived damaged is sent again', async ([, damage]) => {
  const { open, passed } = damagedLine(damage);
  await using board = await openBoard(device.path, { open });
  expect(await board.identity()).toMatchObject({ platform: 'linux', modules: { tls: true } });
  expect(passed.host.split('def _wi').length - 1).toBe(2);
});

test('without memory for it the board raises MemoryError', async () => {
  await using board = await openBoard(device.path);
  // No list: one that grows fails while twice its size is still free.
  await board.exec('kept = None\nwhile True:\n    kept = (kept, bytearray(512))').catch(() => {});
  await expect(board.identity()).rejects.toMatchObject({ type: 'MemoryError' });
  await board.reset('soft');
  expect(await board.identity()).toMatchObject({ platform: 'linux' });
});
