import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DO, escapeIac, optionCommand, subnegotiation, TelnetDecoder, type TelnetEvent } from './telnet-codec.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 20 }).map((data) => ({ kind: 'data' as const, data })),
  fc.nat(255).map((option) => ({ kind: 'option' as const, option })),
  fc
    .tuple(fc.nat(254), fc.uint8Array({ maxLength: 20 }))
    .map(([option, payload]) => ({ kind: 'sub' as const, option, payload })),
);

test('what is encoded comes out again, in any chunking', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (pieces, sizes) => {
        const wire = Buffer.concat(
          pieces.map((each) =>
            each.kind === 'data'
              ? escapeIac(each.data)
              : each.kind === 'option'
                ? optionCommand(DO, each.option)
                : subnegotiation(each.option, each.payload),
          ),
        );
        const decoder = new TelnetDecoder();
        const data: Buffer[] = [];
        const events: TelnetEvent[] = [];
        for (let at = 0, turn = 0; at < wire.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          const result = decoder.push(wire.subarray(at, at + size));
          data.push(result.data);
          events.push(...result.events);
          at += size;
        }
        expect(Buffer.concat(data)).toEqual(
          Buffer.concat(pieces.map((each) => (each.kind === 'data' ? each.data : Buffer.alloc(0)))),
        );
        expect(events).toEqual(
          pieces.flatMap((each): TelnetEvent[] =>
            each.kind === 'option'
              ? [{ kind: 'option', verb: DO, option: each.option }]
              : each.kind === 'sub'
                ? [{ kind: 'subnegotiation', option: each.option, payload: each.payload }]
                : [],
          ),
        );
      },
    ),
    { numRuns },
  );
});

test('any bytes are decoded without an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void new TelnetDecoder().push(bytes)),
    { numRuns },
  );
});
