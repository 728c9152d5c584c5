import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { openBoard, openTransport } from '../src/index.ts';
import { deafen } from './deafen.ts';
import { openBench } from './helpers.ts';

const DEAF = "while True:\n try:\n  print('deaf')\n  while True: pass\n except KeyboardInterrupt: pass";

describe('close', () => {
  test('calls that queue do not run any more, and nothing opens the port again', async () => {
    await using virtual = await startVirtualBoard({});
    let opened = 0;
    const board = await openBoard(virtual.path, {
      open: (url, options) => {
        opened++;
        return openTransport(url, options);
      },
    });
    const running = await board.stream(DEAF);
    await running.waitFor('deaf');
    const settled = Promise.allSettled([board.exec('print(2)'), board.reset(), board.stream('print(3)')]);
    await board.close();
    await expect(running.finished).rejects.toMatchObject({ code: expect.stringMatching(/TRANSPORT_CLOSED|PYTHON/) });
    for (const call of await settled)
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'TRANSPORT_CLOSED' } });
    expect(opened).toBe(1);
    await virtual.runReset();
    await using next = await openBoard(virtual.path);
    await expect(next.evaluate('1')).resolves.toBe(1);
  });

  test('short calls that were asked for before still run', async () => {
    await using bench = await openBench();
    await bench.board.exec('pass');
    const calls = Promise.all([bench.board.exec('print(1)'), bench.board.exec('print(2)')]);
    await bench.board.close();
    await expect(calls).resolves.toEqual(['1\n', '2\n']);
  });

  test('in the middle of a recovery ends it', async () => {
    await using virtual = await startVirtualBoard({});
    let opened = 0;
    const rungs: string[] = [];
    const board = await openBoard(virtual.path, {
      open: (url, options) => {
        opened++;
        return openTransport(url, options);
      },
      onRecovery: ({ rung }) => rungs.push(rung),
    });
    await deafen(board, DEAF);
    const call = board.evaluate('1', { deadlineMs: 20_000 }).catch((error: unknown) => error);
    await expect.poll(() => rungs).toContain('ctrl-c');
    await board.close();
    await expect(call).resolves.toMatchObject({ code: 'TRANSPORT_CLOSED' });
    expect(opened).toBe(1);
  });

  test('twice: both wait until the port is free', async () => {
    await using bench = await openBench();
    let free = false;
    void bench.board.close().then(() => {
      free = true;
    });
    await bench.board.close();
    expect(free).toBe(true);
  });
});
