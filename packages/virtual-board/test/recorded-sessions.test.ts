// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FirmwareShape, startVirtualBoard } from '../src/index.ts';
import { pause, SerialConsole } from './serial-console.ts';

const SESSIONS = new URL('../../../fixtures/sessions/', import.meta.url);

/** The shape decides one thing here: whether SystemExit reboots. */
const RECORDED: readonly (readonly [file: string, ssl: FirmwareShape])[] = [
  ['esp32-1.18.jsonl', '1.18'],
  ['esp32-1.20.jsonl', '1.20'],
  ['esp32-1.23.jsonl', '1.23'],
  ['esp32-1.26.1.jsonl', 'native'],
];

test.for(RECORDED)('%s: what a real ESP32 answered', async ([file, ssl]) => {
  await using board = await startVirtualBoard({ ssl });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  port.send('\x02');
  await port.until('information.\r\n>>> ');
  for (const { note, turns } of recorded(readFileSync(new URL(file, SESSIONS), 'utf8'))) {
    let expected = '';
    for (const turn of turns) {
      port.send(turn.host);
      expected += turn.board;
      // An acknowledgement may have been recorded after the host's next bytes: only the whole is compared.
      for (let i = 0; i < 100 && normal(port.received).length < normal(expected).length; i++) await pause(10);
    }
    for (let i = 0; i < 300 && normal(port.received) !== normal(expected); i++) await pause(10);
    expect(normal(port.received), note).toBe(normal(expected));
    port.forget();
  }
});

interface Passage {
  readonly note: string;
  readonly turns: { host: string; board: string }[];
}

/** A session by its notes; in each, what the host sent and what came then. */
function recorded(text: string): Passage[] {
  const passages: Passage[] = [];
  for (const line of text.split('\n').filter((text) => text !== '')) {
    const event = JSON.parse(line) as { note?: string; dir?: 'host' | 'board'; hex?: string };
    if (event.note !== undefined) passages.push({ note: event.note, turns: [] });
    const turns = passages.at(-1)?.turns ?? [];
    const bytes = Buffer.from(event.hex ?? '', 'hex').toString('latin1');
    const last = turns.at(-1);
    if (event.dir === 'host') turns.push({ host: bytes, board: '' });
    if (event.dir === 'board' && last) last.board += bytes;
  }
  // The recording began in the middle of whatever ran: only its last byte had an answer.
  return passages.map((passage, at) => (at === 0 ? { ...passage, turns: passage.turns.slice(-1) } : passage));
}

/** What may differ: who it is, what a ROM says, how often a loop printed, and errno 116, which only newlib has. */
function normal(text: string): string {
  return text
    .replace(/(?:ets |wirewrap virtual board).*?(?=MicroPython v)/s, '<boot>')
    .replace(/MicroPython v[^\r]*\r\n/g, '<banner>\r\n')
    .replace(/(?:tick\r\n)+/g, '<ticks>')
    .replace(/OSError: (?:\[Errno 116\] ETIMEDOUT: ETIMEDOUT|\(116, 'ETIMEDOUT'\))/, 'OSError: <116>')
    .replace(/<ticks>\x04/, '\x04');
}
