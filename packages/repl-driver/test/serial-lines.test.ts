import { SerialPortStream } from '@serialport/stream';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterEach, expect, test, vi } from 'vitest';
import { openTransport } from '../src/index.ts';

afterEach(() => void vi.restoreAllMocks());

test('a run reset does not hand the latency timer back: the library writes every line at each set', async () => {
  await using virtual = await startVirtualBoard({});
  const set = vi.spyOn(SerialPortStream.prototype, 'set');
  await using transport = await openTransport(virtual.path);
  await transport.setSignals?.({ dtr: false, rts: true });
  expect(set.mock.calls.map(([lines]) => lines)).toEqual([
    { dtr: true, rts: true, brk: false, lowLatency: true },
    { dtr: false, rts: true, brk: false, lowLatency: true },
  ]);
});
