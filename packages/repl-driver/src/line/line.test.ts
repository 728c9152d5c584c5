import { expect, test } from 'vitest';
import { Deadline } from '../time/deadline.ts';
import type { Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import { Line } from './line.ts';

test('silence is measured by the clock that was handed in', async () => {
  const events = new TransportEvents();
  const transport: Transport = {
    url: 'test:',
    closed: events.closed,
    onData: (listener) => events.onData(listener),
    write: async () => {},
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  // Far behind the process's own time, so that a byte timed by that would be one of the future.
  const clock = {
    now: () => performance.now() - 1e9,
    after: (ms: number, callback: () => void) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  const line = new Line(transport, clock);
  events.data(Buffer.from('all'));
  expect(line.lastByteMs).toBeLessThan(0);
  const deadline = new Deadline(5_000, { clock });
  await expect(line.drain(20, deadline)).resolves.toEqual(Buffer.from('all'));
  expect(deadline.over).toBe(false);
});
