import { expect, test } from 'vitest';
import type { CaseBench } from './conformance-case.ts';
import { LEAK_CASES } from './leak-cases.ts';

const FREE = 100_000;
const handshake = {
  role: 'client',
  board: { error: null, crash: null, wrap: { step: 'wrap', error: null }, steps: [] },
  wire: null,
};

/** A board that has taken so many bytes after a connection, the three that warm it up left out. */
function benchTaking(takenAfter: (connection: number) => number) {
  let readings = 0;
  const bench = {
    can: { hardware: true },
    measure: () => {},
    pki: { certificate: async () => ({}) },
    tls: { server: async () => ({ [Symbol.asyncDispose]: async () => {} }), connect: async () => handshake },
    board: {
      exec: async () => '',
      evaluate: async () => [FREE - takenAfter(readings++), ['idf', FREE, FREE], 50],
    },
  };
  return { bench: bench as unknown as CaseBench, readings: () => readings };
}

async function levelOf(takenAfter: (connection: number) => number) {
  const { bench, readings } = benchTaking(takenAfter);
  const value = await LEAK_CASES.find(({ id }) => id === 'memory/level/client')?.run(bench);
  return { value, readings: readings() };
}

test('a heap that stays is told after eight readings', async () => {
  expect(await levelOf(() => 0)).toMatchObject({ value: { collectedHeap: 'level', sockets: 'level' }, readings: 8 });
});

test('what a connection leaves behind grows, however long one looks', async () => {
  expect(await levelOf((connection) => connection * 64)).toMatchObject({
    value: { collectedHeap: 'grows', nativeHeap: 'level' },
    readings: 16,
  });
});

// Seen on an ESP32 with 1.18, in one of three whole runs: eight readings rose in both halves, and the heap was level.
test('what rises by accident is looked at for longer', async () => {
  expect(await levelOf((connection) => (connection % 4) * 64)).toMatchObject({
    value: { collectedHeap: 'level' },
    readings: 16,
  });
});
