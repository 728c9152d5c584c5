import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BoardNetwork, createBoardEndpoint, exhaustionOf, storyOf } from '../src/index.ts';
import { noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

/** As large as the bundles of trust anchors that people put on boards; what it holds does not matter to the heap. */
const bundle = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));
const steps = [{ do: 'python', name: 'size', source: 'len(anchors)' }] as const;

describe.skipIf(noMicroPython)(`arguments of many kilobytes, ${onVirtualBoard}`, () => {
  test.for([40_000, 59_677, 80_000])(
    '%d bytes reach a board with a heap of 148 KB, also after a connection',
    async (size) => {
      await using bench = await openLab({ heapBytes: 148 * 1024 });
      expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
      const handshake = await bench.lab.connect({}, { data: { anchors: bundle(size) }, steps });
      expect(handshake.board, storyOf(handshake)).toMatchObject({ completed: true, steps: [{ value: size }] });
      // What was placed for one case does not take the room of the next.
      expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
    },
  );

  test('what the harness takes is told: the agent, then the program of the cases; the next case works', async () => {
    await using bench = await openLab({ heapBytes: 148 * 1024 });
    const endpoint = createBoardEndpoint(bench.board, new BoardNetwork({}));
    expect((await endpoint.connect('127.0.0.1', 1)).wrap.error).toMatchObject({ type: 'OSError' });
    const { bare, agent, ready } = await endpoint.footprint();
    expect(bare.free).toBeGreaterThan(agent.free);
    expect(agent.free).toBeGreaterThan(ready.free);
    // Both lie at one end of the heap, and leave the rest in one piece: without collections between its parts, 14 KB of 122.
    expect(ready.largest).toBeGreaterThan(agent.largest / 2);
    expect((await endpoint.connect('127.0.0.1', 1)).wrap.error).toMatchObject({ type: 'OSError' });
  });

  test('what does not fit is an outcome with sizes, and the next case works', async () => {
    await using bench = await openLab({ heapBytes: 100 * 1024 });
    const handshake = await bench.lab.connect({}, { data: { anchors: bundle(90_000) }, steps });
    expect(handshake.board).toMatchObject({
      completed: false,
      wrap: { step: 'arguments' },
      error: { type: 'MemoryError' },
    });
    expect(String(handshake.board.error?.args[0])).toMatch(
      /^the arguments of 90,000 bytes do not fit into the heap: [\d,]+ bytes free, largest block [\d,]+$/,
    );
    expect(exhaustionOf(handshake.board)).toMatch(/out of memory/);
    expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
  });
});
