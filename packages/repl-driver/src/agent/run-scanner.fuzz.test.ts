import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteQueue } from '../transport/byte-queue.ts';
import { frameCrc } from './agent.ts';
import { OutputDecoder } from './output-decoder.ts';
import { RunScanner } from './run-scanner.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
const NONCE = 'a1B';
const BEGIN = 'OK\x1f';
const DONE = `\x1e${NONCE}`;

function frame(letter: string, payload: string): Buffer {
  const body = Buffer.from(payload, 'utf8');
  const crc = frameCrc(NONCE, letter, body).toString(16).padStart(8, '0');
  return Buffer.concat([Buffer.from(`\x1d${NONCE}${letter}${body.length.toString(16)}:${crc}:`), body]);
}

/** Feeds the bytes cut at the given places; what the program printed, and how it ended. */
function scan(bytes: Buffer, cuts: readonly number[]): { output: Buffer; text: string; end: string } {
  const scanner = new RunScanner(NONCE, { begin: BEGIN, checked: true, promptOwed: true });
  const decoder = new OutputDecoder();
  const queue = new ByteQueue();
  const output: Buffer[] = [];
  let text = '';
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let index = 1; index < edges.length; index++) {
    queue.append(bytes.subarray(edges[index - 1], edges[index]));
    for (let event = scanner.next(queue.peek()); event; event = scanner.next(queue.peek())) {
      const taken = queue.take(event.bytes);
      if (event.kind === 'output') {
        output.push(taken);
        text += decoder.push(taken);
      }
      if (event.kind === 'frame')
        return { output: Buffer.concat(output), text: text + decoder.end(), end: `${event.letter}${event.payload}` };
      if (event.kind === 'damaged' || event.kind === 'ended')
        return { output: Buffer.concat(output), text, end: event.kind };
    }
  }
  return { output: Buffer.concat(output), text, end: 'open' };
}

/** Output that likes to hold what the protocol uses. */
const printed = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('\x04', '\x04\x04>', '\x1d', `\x1d${NONCE.slice(0, 2)}`, '\x1e', BEGIN, '\r\n', '>>> ', 'é😀')
        .map((text) => Buffer.from(text)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => Buffer.concat(pieces));
const cuts = fc.array(fc.nat(), { maxLength: 30 });

const answers = fc.oneof(
  fc.string().map((payload) => ({ bytes: frame('V', payload), end: `V${payload}` })),
  fc.constant({ bytes: Buffer.from(DONE), end: 'D' }),
);
/** What may still come of the call before. */
const left = fc.constantFrom('', '\x04\x04>', '\x04>', '\x1eB1aOh\x04\x04>');

test('output and answer are the same in any chunking, whatever the program prints', () => {
  fc.assert(
    fc.property(left, printed, answers, cuts, (before, output, answer, where) => {
      fc.pre(!output.includes(`\x1d${NONCE}`) && !output.includes(DONE));
      const wire = Buffer.concat([Buffer.from(before + BEGIN), output, answer.bytes, Buffer.from('\x04\x04>')]);
      const result = scan(wire, where);
      expect(result.output.equals(output)).toBe(true);
      expect(result.end).toBe(answer.end);
    }),
    { numRuns },
  );
});

test('after long output an end counts only with the prompt behind it', () => {
  const wire = Buffer.concat([Buffer.from(BEGIN), Buffer.alloc(300, 'a'), Buffer.from(DONE)]);
  expect(scan(wire, []).end).toBe('open');
  expect(scan(Buffer.concat([wire, Buffer.from('\x04\x04>')]), [5, wire.length]).end).toBe('D');
});

test('a refusal counts also when the nonce arrived damaged, until the program began', () => {
  const crc = frameCrc('zzz', 'C', Buffer.alloc(0)).toString(16).padStart(8, '0');
  const refusal = `\x1dzzzC0:${crc}:\x04\x04>`;
  expect(scan(Buffer.from(`OK${refusal}`), []).end).toBe('C');
  expect(scan(Buffer.from(`\x04\x04>OK${refusal.replace('z', 'y')}`), []).end).toBe('ended');
  expect(scan(Buffer.from(BEGIN + refusal + DONE), []).end).toBe('D');
});

test('a command that the agent never saw has ended, behind the prompt of the call before', () => {
  const missing = "OK\x04Traceback (most recent call last):\r\nNameError: name '_w' isn't defined\r\n\x04>";
  expect(scan(Buffer.from(`\x04\x04>${missing}`), [2, 3, 9]).end).toBe('ended');
  expect(scan(Buffer.from('OK\x04RuntimeError: maximum recursion depth exceeded\r\n\x04>'), []).end).toBe('ended');
  expect(scan(Buffer.from('\x04\x04>'), []).end).toBe('open');
  expect(scan(Buffer.from('\x04\x04>OK\x04\x04>'), []).end).toBe('ended');
});

test('text is decoded the same in any chunking', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), cuts, (text, where) => {
      fc.pre(!text.includes('\r') && !text.includes(`\x1d${NONCE}`) && !text.includes(DONE));
      const wire = Buffer.concat([Buffer.from(BEGIN), Buffer.from(text.replaceAll('\n', '\r\n')), frame('V', '')]);
      expect(scan(wire, where).text).toBe(text);
    }),
    { numRuns },
  );
});

test('a changed, lost or doubled byte of the answer never yields another answer', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('change', 'lose', 'double'),
      (payload, where, mask, how) => {
        const answer = frame('V', payload);
        const at = where % answer.length;
        const byte = answer[at] ?? 0;
        const middle = how === 'change' ? [byte ^ mask] : how === 'lose' ? [] : [byte, byte];
        const wire = Buffer.concat([
          Buffer.from(BEGIN),
          answer.subarray(0, at),
          Buffer.from(middle),
          answer.subarray(at + 1),
          Buffer.from('\x04\x04>'),
        ]);
        const { end } = scan(wire, []);
        expect(end === 'damaged' || end === 'open' || end === `V${payload}`).toBe(true);
      },
    ),
    { numRuns },
  );
});

test('any bytes are scanned without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, where) => void scan(Buffer.from(bytes), where)),
    { numRuns },
  );
});
