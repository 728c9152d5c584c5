import { expect, test } from 'vitest';
import { RAW_BANNER } from '../line/control.ts';
import { Line } from '../line/line.ts';
import { Deadline } from '../time/deadline.ts';
import type { Transport } from '../transport/transport.ts';
import { TransportEvents } from '../transport/transport-events.ts';
import { enterRaw } from './enter-raw.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A line that says something at each write, piece by piece. */
function lineThat(answer: (written: string) => readonly string[]): Line {
  const events = new TransportEvents();
  const transport: Transport = {
    url: 'test:',
    closed: events.closed,
    onData: (listener) => events.onData(listener),
    write: async (bytes) => {
      void (async () => {
        for (const piece of answer(Buffer.from(bytes).toString('latin1'))) {
          events.data(Buffer.from(piece, 'latin1'));
          await pause(1);
        }
      })();
    },
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  return new Line(transport);
}

test('a banner that nobody had read is no answer: a program that was begun behind it still runs', async () => {
  const unread = [['\r\n>>> '], [RAW_BANNER, 'OK']];
  const line = lineThat(() => unread.shift() ?? []);
  await expect(enterRaw(line, new Deadline(1_000))).rejects.toMatchObject({ code: 'DEADLINE' });
});

test('what was not read before does not hide the prompt', async () => {
  const unread = [['\r\n>>> '], [RAW_BANNER, 'OK', '\x04\x04>']];
  const line = lineThat((written) => unread.shift() ?? [written.endsWith('\x01') ? RAW_BANNER : '\r\n>>> ']);
  await expect(enterRaw(line, new Deadline(5_000))).resolves.toContain(RAW_BANNER);
});
