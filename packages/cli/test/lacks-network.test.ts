import { readFileSync } from 'node:fs';
import { openBoard } from '@wirewrap/repl-driver';
import { provisionMicroPython, startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { lacksNetwork } from '../src/config/ask-wifi.ts';

const standIn = readFileSync(new URL('../../tls-lab/test/stand-in-network.py', import.meta.url), 'utf8');
const missing = await provisionMicroPython().then(
  () => '',
  (error: Error) => ` (skipped: ${error.message})`,
);

test.skipIf(missing)(`whether the user must be asked for a Wi-Fi network${missing}`, async () => {
  await using device = await startVirtualBoard({});
  await using board = await openBoard(device.path);
  expect(await lacksNetwork(board), 'a board without a network module uses its host').toBe(false);
  await board.exec(standIn);
  expect(await lacksNetwork(board), 'a station that is not connected').toBe(true);
  // As boot.py leaves it: network.LAN wants pins that only boot.py knows.
  await board.exec('class LAN(WLAN):\n def isconnected(self): return True\nnic = LAN(0)');
  expect(await lacksNetwork(board), 'a wired board').toBe(false);
});
