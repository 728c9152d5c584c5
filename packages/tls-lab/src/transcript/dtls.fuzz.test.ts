import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTranscript } from './build-transcript.ts';
import { DtlsHandshakeStream } from './dtls-handshake-stream.ts';
import { dtlsRecords } from './dtls-record.ts';
import { KeyLog } from './key-log.ts';
import { WireLog } from './wire-log.ts';

const options = { numRuns: Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200) };

function dtlsRecord(type: number, epoch: number, sequence: number, fragment: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt8(type, 0);
  header.writeUInt16BE(0xfefd, 1);
  header.writeUInt16BE(epoch, 3);
  header.writeUIntBE(sequence, 5, 6);
  header.writeUInt16BE(fragment.length, 11);
  return Buffer.concat([header, fragment]);
}

interface Piece {
  readonly type: number;
  readonly number: number;
  readonly offset: number;
  readonly total: number;
  readonly bytes: Uint8Array;
}

function handshakePiece({ type, number, offset, total, bytes }: Piece): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(type, 0);
  header.writeUIntBE(total, 1, 3);
  header.writeUInt16BE(number, 4);
  header.writeUIntBE(offset, 6, 3);
  header.writeUIntBE(bytes.length, 9, 3);
  return Buffer.concat([header, bytes]);
}

function pieces(type: number, number: number, body: Uint8Array, size: number): Piece[] {
  const count = Math.max(1, Math.ceil(body.length / size));
  return Array.from({ length: count }, (_, at) => ({
    type,
    number,
    offset: at * size,
    total: body.length,
    bytes: body.subarray(at * size, (at + 1) * size),
  }));
}

const recordFields = fc.record({
  type: fc.integer({ min: 20, max: 25 }),
  epoch: fc.integer({ min: 0, max: 0xffff }),
  sequence: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  fragment: fc.uint8Array({ maxLength: 60 }),
});

describe('records of a datagram', () => {
  test('what was written is read', () => {
    fc.assert(
      fc.property(fc.array(recordFields, { maxLength: 6 }), (written) => {
        const each = written.map(({ type, epoch, sequence, fragment }) => dtlsRecord(type, epoch, sequence, fragment));
        const read = dtlsRecords(Buffer.concat(each), 7);
        expect(
          read.map(({ type, epoch, sequence, fragment }) => ({ type, epoch, sequence, hex: hex(fragment) })),
        ).toEqual(written.map(({ fragment, ...fields }) => ({ ...fields, hex: hex(fragment) })));
        expect(read.every(({ version, atMs }) => version === 0xfefd && atMs === 7)).toBe(true);
      }),
      options,
    );
  });

  test('a datagram that ends inside a record: what is there, and the length that was stated', () => {
    const [cut] = dtlsRecords(dtlsRecord(22, 0, 0, Buffer.alloc(40)).subarray(0, 33), 0);
    expect(cut).toMatchObject({ statedLength: 40, fragment: Buffer.alloc(20) });
  });
});

describe('handshake messages', () => {
  test('come together from fragments in any order, repeated ones count once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 80 }),
        fc.infiniteStream(fc.nat()),
        (bodies, size, order) => {
          const all = bodies.flatMap((body, number) => pieces(11, number, body, size));
          const sent = [...all, ...all].map((piece) => ({ piece, at: order.next().value ?? 0 }));
          const stream = new DtlsHandshakeStream();
          const read = sent
            .toSorted((a, b) => a.at - b.at)
            .flatMap(({ piece }) => stream.push(handshakePiece(piece)))
            .map(({ type, body }) => `${type} ${hex(body)}`);
          expect(read.toSorted()).toEqual(bodies.map((body) => `11 ${hex(body)}`).toSorted());
        },
      ),
      options,
    );
  });

  test('fragments that overlap, that lie outside, and two messages of one number are no message', () => {
    const stream = new DtlsHandshakeStream();
    const push = (piece: Partial<Piece>) =>
      stream.push(handshakePiece({ type: 11, number: 0, offset: 0, total: 4, bytes: Buffer.from('ab'), ...piece }));
    expect(push({})).toEqual([]);
    expect(push({ offset: 1 })).toEqual([]);
    expect(push({ offset: 3 })).toEqual([]);
    expect(push({ type: 12, offset: 2 })).toEqual([]);
    expect(push({ offset: 2, bytes: Buffer.from('cd') })).toEqual([{ type: 11, body: Buffer.from('aacd') }]);
    expect(push({ total: 0xffffff, number: 1 })).toEqual([]);
  });
});

test('no datagram makes a transcript throw', () => {
  const datagram = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    recordFields.map(({ type, epoch, sequence, fragment }) => dtlsRecord(type, epoch, sequence, fragment)),
    fc
      .tuple(fc.constantFrom(1, 2, 3, 11, 12, 13, 20), fc.nat(3), fc.uint8Array({ maxLength: 90 }))
      .map(([type, number, bytes]) =>
        dtlsRecord(22, 0, number, handshakePiece({ type, number, offset: 0, total: bytes.length, bytes })),
      ),
  );
  const sender = fc.constantFrom('board' as const, 'peer' as const);
  fc.assert(
    fc.property(fc.array(fc.tuple(sender, datagram), { maxLength: 8 }), (sent) => {
      const log = new WireLog(() => 0);
      for (const [from, bytes] of sent) log.data(from, bytes);
      const peer = { keyLog: new KeyLog(), error: null, received: new Uint8Array(0) };
      const { bytes, records } = buildTranscript(log, 'board', peer, 'dtls');
      expect(bytes.board + bytes.peer).toBe(sent.reduce((sum, [, each]) => sum + each.length, 0));
      // Without keys only what was sent in plain can be read.
      expect(records.every(({ epoch, contentType }) => (epoch === 0) === (contentType !== null))).toBe(true);
    }),
    options,
  );
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
