import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editMessages, HELLO_EDIT_NAMES } from '../faults/hello-edits.ts';
import { alertName } from '../tls/alert-description.ts';
import { buildTranscript } from './build-transcript.ts';
import { readCertificates, readServerKeyExchange } from './certificate-message.ts';
import { clientHello, parseClientHello } from './client-hello.ts';
import { HandshakeStream, handshakeMessage } from './handshake-stream.ts';
import { KeyLog } from './key-log.ts';
import { RecordStream, record } from './record-stream.ts';
import { parseServerHello } from './server-hello.ts';
import { WireLog } from './wire-log.ts';

const options = { numRuns: Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200) };
const bytes = fc.uint8Array({ maxLength: 400 });
const uint16 = fc.integer({ min: 0, max: 0xffff });

const be = (width: number, value: number): Buffer => {
  const buffer = Buffer.alloc(width);
  buffer.writeUIntBE(value, 0, width);
  return buffer;
};
const vector = (width: number, content: Uint8Array): Buffer => Buffer.concat([be(width, content.length), content]);
const words = (values: readonly number[]): Buffer => Buffer.concat(values.map((value) => be(2, value)));

const helloFields = fc.record({
  random: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  sessionId: fc.uint8Array({ maxLength: 32 }),
  suites: fc.array(uint16, { maxLength: 40 }),
  groups: fc.array(uint16, { maxLength: 20 }),
  schemes: fc.array(uint16, { maxLength: 20 }),
  name: fc.stringMatching(/^[a-z0-9.-]{1,60}$/),
  alpn: fc.array(fc.stringMatching(/^[a-z0-9/.]{1,20}$/), { maxLength: 5 }),
  unknown: fc.uint8Array({ maxLength: 50 }),
});

type HelloFields = typeof helloFields extends fc.Arbitrary<infer Fields> ? Fields : never;

function write({ random, sessionId, suites, groups, schemes, name, alpn, unknown }: HelloFields): Buffer {
  const protocols = Buffer.concat(alpn.map((protocol) => vector(1, Buffer.from(protocol))));
  const extensions: readonly (readonly [number, Buffer])[] = [
    [0, vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name))]))],
    [10, vector(2, words(groups))],
    [13, vector(2, words(schemes))],
    [16, vector(2, protocols)],
    [43, vector(1, words([0x0303, 0x0304]))],
    [0xfafb, Buffer.from(unknown)],
  ];
  const list = Buffer.concat(extensions.map(([type, data]) => Buffer.concat([be(2, type), vector(2, data)])));
  const head = [be(2, 0x0303), random, vector(1, sessionId), vector(2, words(suites)), Buffer.from([1, 0])];
  return Buffer.concat([...head, vector(2, list)]);
}

describe('ClientHello', () => {
  test('what was written is read', () => {
    fc.assert(
      fc.property(helloFields, (fields) => {
        const hello = parseClientHello(write(fields));
        expect(hello?.cipherSuites.map(({ number }) => number)).toEqual(fields.suites);
        expect(hello?.groups.map(({ number }) => number)).toEqual(fields.groups);
        expect(hello?.signatureAlgorithms.map(({ number }) => number)).toEqual(fields.schemes);
        expect(hello?.serverName).toBe(fields.name);
        expect(hello?.alpn).toEqual(fields.alpn);
        expect(hello?.versions).toEqual(['TLSv1.3', 'TLSv1.2']);
        expect(hello?.extensions).toEqual([0, 10, 13, 16, 43, 0xfafb]);
      }),
      options,
    );
  });

  test('no damage makes it throw, and a cut in the fixed part gives null', () => {
    fc.assert(
      fc.property(helloFields, fc.nat(), fc.nat(), (fields, at, value) => {
        const hello = write(fields);
        hello[at % hello.length] = value & 255;
        clientHello('board', hello);
        expect(parseClientHello(hello.subarray(0, at % 35))).toBeNull();
      }),
      options,
    );
  });
});

describe('records', () => {
  const records = fc.array(fc.record({ type: fc.integer({ min: 0, max: 255 }), fragment: bytes }), { maxLength: 8 });

  test('the pieces in which a stream arrives do not matter', () => {
    fc.assert(
      fc.property(records, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (parts, sizes) => {
        const stream = Buffer.concat(parts.map(({ type, fragment }) => record(type, fragment)));
        const parser = new RecordStream();
        const seen = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          seen.push(...parser.push(stream.subarray(at, at + size), turn));
          at += size;
        }
        expect(seen.map(({ type, fragment }) => ({ type, fragment: Uint8Array.from(fragment) }))).toEqual(parts);
        expect(parser.rest).toHaveLength(0);
      }),
      options,
    );
  });

  test('bytes that are no TLS neither throw nor pile up', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 20 }), (chunks) => {
        const parser = new RecordStream();
        for (const chunk of chunks) parser.push(chunk, 0);
        parser.unfinished(0);
        expect(parser.rest.length).toBeLessThanOrEqual(5 + 65_535);
      }),
      options,
    );
  });
});

describe('alerts', () => {
  test('every alert in the clear is seen with its number and name', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), fc.integer({ min: 0, max: 255 }), (level, number) => {
        const log = new WireLog(() => 1);
        log.data('peer', record(21, Buffer.from([level, number])));
        const [alert] = buildTranscript(log, 'board', noPeer()).alerts;
        expect(alert).toMatchObject({ sender: 'peer', level: level === 1 ? 'warning' : 'fatal', number });
        expect(alert?.name).toBe(alertName(number));
        expect(alert?.name).toMatch(/^[a-z0-9_]+$/);
      }),
      options,
    );
  });
});

describe('everything else that reads from the wire', () => {
  test('arbitrary bytes never make a parser throw', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(...HELLO_EDIT_NAMES), (input, edit) => {
        parseClientHello(input);
        parseServerHello(input);
        readCertificates(input, true);
        readCertificates(input, false);
        readServerKeyExchange(input, 0x0303);
        new HandshakeStream().push(input);
        new KeyLog().add(Buffer.from(input).toString('latin1'));
        editMessages(edit, Buffer.from(input));
        for (const type of [2, 8, 11, 15]) editMessages(edit, handshakeMessage(type, input));
      }),
      options,
    );
  });

  test('a transcript can be made of any conversation', () => {
    const chunk = fc.record({
      sender: fc.constantFrom('board' as const, 'peer' as const),
      type: fc.constantFrom(20, 21, 22, 23),
      message: fc.integer({ min: 0, max: 24 }),
      body: bytes,
      whole: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 12 }), helloFields, (chunks, fields) => {
        const log = new WireLog(() => 1);
        log.data('board', record(22, handshakeMessage(1, write(fields))));
        for (const { sender, type, message, body, whole } of chunks) {
          log.data(sender, whole ? record(type, handshakeMessage(message, body)) : body);
        }
        log.end('peer', 'fin');
        const transcript = buildTranscript(log, 'board', noPeer());
        expect(transcript.serverName).toBe(fields.name);
        expect(transcript.close.tcp.peer).toBe('fin');
      }),
      options,
    );
  });
});

function noPeer() {
  return { keyLog: new KeyLog(), error: null, received: new Uint8Array(0) };
}
