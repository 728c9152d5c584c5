import { createHash } from 'node:crypto';
import { ContentType } from '@wirewrap/tls-lab';
import { stepsOf } from '../observation/handshake-observation.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase } from './handshake-case.ts';
import { needs } from './needs.ts';

const SOCKET_NAMES = [
  'recv',
  'recv_into',
  'send',
  'sendall',
  'settimeout',
  'fileno',
  'makefile',
  'do_handshake',
  'unwrap',
  'version',
  'shutdown',
  'pending',
  'getpeername',
  '__enter__',
];
const BIG = Buffer.alloc(60_000, 'wirewrap.');

/**
 * Methods of the wrapped object, reading and writing, the end of a connection. Role client. Up to 1.20 TLS takes its buffers from
 * an ESP32's 100 KB of heap: nothing here needs more than 6 KB in one piece.
 */
const ROWS: readonly ClientRow[] = [
  {
    id: 'stream/methods',
    run: { steps: [{ do: 'python', name: 'methods', source: "sorted(n for n in dir(wrapped) if n[0] != '_')" }] },
    canonical: stepValue(0),
  },
  {
    id: 'stream/socket-methods',
    run: {
      steps: [
        {
          do: 'python',
          name: 'present',
          source: `[n for n in ${JSON.stringify(SOCKET_NAMES)} if hasattr(wrapped, n)]`,
        },
      ],
    },
    canonical: stepValue(0),
  },
  {
    id: 'stream/type',
    run: { steps: [{ do: 'python', name: 'type', source: 'type(wrapped).__name__' }] },
    canonical: stepValue(0),
  },
  {
    id: 'stream/echo',
    run: { steps: [{ do: 'write', bytes: 'ping\n' }, { do: 'read', size: 5 }, { do: 'close' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/readline',
    run: { steps: [{ do: 'write', bytes: 'one\ntwo\n' }, { do: 'readline' }, { do: 'readline' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/readinto',
    run: {
      steps: [
        { do: 'write', bytes: 'ping\n' },
        { do: 'readinto', size: 5 },
      ],
    },
    fields: ['steps'],
  },
  {
    id: 'stream/write-empty',
    run: { steps: [{ do: 'write', bytes: '' }, { do: 'write', bytes: 'x\n' }, { do: 'readline' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/read-zero',
    run: { steps: [{ do: 'read', size: 0 }, { do: 'write', bytes: 'x\n' }, { do: 'readline' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/write-str',
    run: { steps: [{ do: 'python', name: 'write', source: "wrapped.write('ping\\n')" }, { do: 'readline' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/read-60000',
    number: '30',
    server: { application: { send: BIG } },
    run: {
      steps: [
        {
          do: 'python',
          name: 'digest',
          source:
            'from hashlib import sha256\nh = sha256()\nn = 0\nwhile n < 60000:\n    b = wrapped.read(2000)\n    if not b:\n        break\n    h.update(b)\n    n += len(b)\nresult = (n, h.digest())',
        },
      ],
    },
    canonical: (value, { board }) => {
      const [count, digest] = Array.isArray(board.steps[0]?.value) ? board.steps[0].value : [];
      if (!(digest instanceof Uint8Array)) return value;
      return { bytes: count, intact: createHash('sha256').update(BIG).digest().equals(digest) };
    },
  },
  {
    id: 'stream/readinto-5000',
    number: '30',
    server: { application: { send: BIG.subarray(0, 20_000) } },
    run: {
      steps: [
        { do: 'python', name: 'count', source: 'b = bytearray(5000)\nresult = (wrapped.readinto(b), bytes(b[:9]))' },
      ],
    },
    canonical: stepValue(0),
  },
  {
    id: 'stream/write-20000',
    number: '31',
    run: {
      steps: [
        { do: 'python', name: 'write', source: "b = b'x' * 5000\nresult = sum(wrapped.write(b) for i in range(4))" },
        { do: 'write', bytes: '\n' },
      ],
    },
    server: { application: 'silent' },
    canonical: (_value, { board, wire }) => ({
      written: board.steps[0]?.value ?? null,
      received: wire?.received.length ?? null,
    }),
  },
  {
    id: 'stream/record-size',
    number: '31',
    run: { steps: [{ do: 'python', name: 'write', source: "wrapped.write(b'x' * 6000)" }] },
    server: { application: 'silent' },
    canonical: (_value, { board, wire }) => {
      const sizes = (wire?.records ?? []).filter(
        (record) => record.sender === 'board' && record.type === ContentType.application_data && record.length > 1_000,
      );
      return {
        written: board.steps[0]?.value ?? null,
        largestRecordKiB: Math.floor(Math.max(0, ...sizes.map(({ length }) => length)) / 1_024),
      };
    },
  },
  {
    id: 'stream/peer-closes-cleanly',
    number: '41',
    server: { application: { send: 'data', afterwards: 'close' } },
    run: {
      steps: [
        { do: 'read', size: 4 },
        { do: 'read', size: 4 },
        { do: 'read', size: 4 },
      ],
    },
    fields: ['steps'],
  },
  {
    id: 'stream/read-to-the-end',
    server: { application: { send: 'data', afterwards: 'close' } },
    run: { steps: [{ do: 'read' }, { do: 'read' }] },
    fields: ['steps'],
  },
  {
    id: 'stream/short-read-then-end',
    server: { application: { send: 'data', afterwards: 'close' } },
    run: {
      steps: [
        { do: 'read', size: 10 },
        { do: 'read', size: 10 },
      ],
    },
    fields: ['steps'],
  },
  {
    id: 'close/close-notify',
    number: '44',
    run: { steps: [{ do: 'write', bytes: 'x\n' }, { do: 'readline' }, { do: 'close' }] },
    fields: ['closeNotify'],
  },
  {
    id: 'close/use-after',
    number: '45',
    run: { steps: [{ do: 'close' }, { do: 'read', size: 1 }, { do: 'write', bytes: 'x' }] },
    canonical: steps,
  },
  { id: 'close/twice', number: '45', run: { steps: [{ do: 'close' }, { do: 'close' }] }, canonical: steps },
  {
    id: 'close/raw-socket',
    number: '45',
    run: { steps: [{ do: 'close' }, { do: 'python', name: 'send', source: "sock.send(b'x')" }] },
    canonical: (_value, { board }) => ({ rawSocket: board.steps[1]?.error == null ? 'open' : 'closed' }),
  },
  {
    id: 'close/dropped-reference',
    number: '60',
    run: {
      steps: [
        {
          do: 'python',
          name: 'drop',
          source: "wrapped = None\nsock = None\nimport gc\ngc.collect()\ngc.collect()\nresult = 'dropped'",
        },
      ],
    },
    canonical: (_value, { wire }) => ({ closedByBoard: wire?.close.by === 'board' }),
  },
  {
    id: 'method/cipher',
    number: '48',
    unavailable: needs('cipher'),
    run: { steps: [{ do: 'cipher' }] },
    canonical: (_value, { board, wire }) => {
      const seen = board.steps[0]?.value;
      const list = Array.isArray(seen) ? seen.map(String) : [];
      return { cipher: seen ?? null, version: list[1] === wire?.negotiated?.version ? "the peer's" : 'another' };
    },
  },
  {
    id: 'method/getpeercert-der',
    number: '47',
    unavailable: needs('getpeercert'),
    run: ({ bundle }) => ({
      data: { leaf: bundle.leaf.der },
      steps: [
        { do: 'python', name: "getpeercert(True) equals the server's", source: 'wrapped.getpeercert(True) == leaf' },
      ],
    }),
    canonical: steps,
  },
  {
    id: 'method/getpeercert-dict',
    number: '47',
    unavailable: needs('getpeercert'),
    run: { steps: [{ do: 'getpeercert', binary: false }] },
    canonical: steps,
  },
  {
    id: 'method/getpeercert-none',
    number: '47',
    unavailable: needs('getpeercert'),
    run: { steps: [{ do: 'python', name: 'getpeercert', source: 'wrapped.getpeercert()' }] },
    canonical: (_value, { board }) => ({ raises: board.steps[0]?.error?.type ?? null }),
  },
  {
    id: 'method/recv',
    unavailable: needs('recv'),
    run: {
      steps: [
        { do: 'write', bytes: 'ping\n' },
        { do: 'python', name: 'recv', source: 'wrapped.recv(100)' },
      ],
    },
    canonical: steps,
  },
  {
    id: 'method/sendall',
    unavailable: needs('recv'),
    run: { steps: [{ do: 'python', name: 'sendall', source: "wrapped.sendall(b'ping\\n')" }, { do: 'readline' }] },
    canonical: steps,
  },
];

type Canonical = NonNullable<ClientRow['canonical']>;

/** Only the value (or the exception) of one step. */
function stepValue(index: number): Canonical {
  return (value, { board }) => {
    const step = board.steps[index];
    return step === undefined || step.error !== null ? value : (step.value ?? 'None');
  };
}

/** What each step gave, whatever the handshake showed. */
function steps(...[value, handshake]: Parameters<Canonical>): unknown {
  return handshake.board.wrap.error === null ? stepsOf(handshake) : value;
}

export const STREAM_CASES: readonly ConformanceCase[] = ROWS.map(clientCase);
