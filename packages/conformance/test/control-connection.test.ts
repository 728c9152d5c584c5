import { expect, test } from '@wirewrap/matchers';
import type { CaseBench } from '../src/cases/conformance-case.ts';
import { datagramsReachBoard, datagramsReachHost, reachesPlainServer } from '../src/cases/control-connection.ts';

const unreachable = {
  boardPort: async () => 9,
  boardAt: () => ({ host: '127.0.0.1', port: 1 }),
  bindAddress: '127.0.0.1',
};

test('control connections come through to a board that works, and do not where nothing listens', async ({
  board,
  network,
}) => {
  const bench = { board, network } as CaseBench;
  expect(await reachesPlainServer(bench)).toBe(true);
  expect(await datagramsReachHost(bench)).toBe(true);
  expect(await datagramsReachBoard(bench)).toBe(true);
  const nowhere = { board, network: unreachable } as unknown as CaseBench;
  expect(await reachesPlainServer(nowhere)).toBe(false);
});
