import { stepsOf } from '../observation/handshake-observation.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase } from './handshake-case.ts';
import { needs } from './needs.ts';
import { needsVersion } from './offered-versions.ts';

type Canonical = NonNullable<ClientRow['canonical']>;

/** Errno differs between ports, its name does not (110 on unix, 116 on the ESP32): claims look at the name. */
const steps: Canonical = (value, handshake) => (handshake.board.wrap.error === null ? stepsOf(handshake) : value);

/** When the ClientHello left: asked of the board's socket before and after the first operation is not possible, so the host tells. */
const HELLO_AFTER_WRAP = 'time.sleep_ms(50)';

const SILENT = { application: 'silent' } as const;

/** When the handshake happens, on sockets that block and that do not. Role client. */
const ROWS: readonly ClientRow[] = [
  { id: 'handshake/blocking-default' },
  { id: 'handshake/blocking-true', args: { do_handshake: true } },
  { id: 'handshake/blocking-false', args: { do_handshake: false } },
  {
    id: 'handshake/false-sends-nothing',
    args: { do_handshake: false },
    run: { steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({ end: value.end, helloAfterWrap: wire?.clientHello != null }),
  },
  {
    id: 'handshake/true-is-done-after-wrap',
    args: { do_handshake: true },
    run: { steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({
      end: value.end,
      helloAfterWrap: wire?.clientHello != null,
      finished: wire?.handshakeCompleted ?? false,
    }),
  },
  {
    id: 'handshake/default-is-done-after-wrap',
    run: { steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({
      end: value.end,
      helloAfterWrap: wire?.clientHello != null,
      finished: wire?.handshakeCompleted ?? false,
    }),
  },
  {
    id: 'handshake/non-blocking-true',
    number: '37',
    args: { do_handshake: true },
    run: { timeout: 'non-blocking', steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({ end: value.end, finishedInWrap: wire?.handshakeCompleted ?? false }),
  },
  {
    id: 'handshake/non-blocking-false',
    number: '38',
    args: { do_handshake: false },
    run: {
      timeout: 'non-blocking',
      steps: [
        { do: 'write', bytes: 'ping\n', retryMs: 8_000 },
        { do: 'read', size: 5, retryMs: 8_000 },
      ],
    },
    fields: ['steps'],
  },
  {
    id: 'handshake/non-blocking-false-first-write',
    number: '38',
    args: { do_handshake: false },
    // A quick peer may have answered before the first write looks.
    server: { faults: ['pause-before-hello'] },
    run: {
      timeout: 'non-blocking',
      steps: [{ do: 'python', name: 'first write', source: "wrapped.write(b'ping\\n')" }],
    },
    canonical: steps,
  },
  {
    id: 'handshake/non-blocking-read-empty',
    number: '38',
    args: { do_handshake: false },
    run: {
      timeout: 'non-blocking',
      steps: [
        { do: 'write', bytes: 'ping\n', retryMs: 8_000 },
        { do: 'read', size: 5, retryMs: 8_000 },
        { do: 'python', name: 'read without data', source: 'wrapped.read(1)' },
      ],
    },
    canonical: (value, handshake) => {
      const read = stepsOf(handshake)[2];
      return read === undefined ? value : [read];
    },
  },
  {
    id: 'handshake/do-handshake-method',
    args: { do_handshake: false },
    run: { steps: [{ do: 'python', name: 'has do_handshake()', source: "hasattr(wrapped, 'do_handshake')" }] },
    canonical: steps,
  },
  {
    id: 'handshake/context-default',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    run: { steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({
      end: value.end,
      helloAfterWrap: wire?.clientHello != null,
      finished: wire?.handshakeCompleted ?? false,
    }),
  },
  {
    id: 'handshake/context-deferred',
    api: 'ssl.SSLContext',
    unavailable: needs('context'),
    args: { do_handshake_on_connect: false },
    run: { steps: [{ do: 'python', name: 'wait', source: HELLO_AFTER_WRAP }] },
    canonical: (value, { wire }) => ({ end: value.end, helloAfterWrap: wire?.clientHello != null }),
  },
  {
    id: 'handshake/deferred-refusal',
    profile: 'untrusted-ca',
    args: ({ bundle }) => ({ do_handshake: false, cert_reqs: 2, cadata: bundle.ca.der, server_hostname: bundle.host }),
    run: { stopOnError: true },
  },
  {
    id: 'poll/buffered-plaintext',
    number: '39',
    server: { application: { send: 'thirteen byte' } },
    run: {
      steps: [
        { do: 'read', size: 3 },
        { do: 'poll', events: 'in', timeoutMs: 0 },
        { do: 'read', size: 10 },
      ],
    },
    canonical: steps,
  },
  ...(['TLSv1.2', 'TLSv1.3'] as const).map(
    (version): ClientRow => ({
      id: `poll/buffered-plaintext-${version === 'TLSv1.2' ? 'tls12' : 'tls13'}`,
      number: '39',
      ...(version === 'TLSv1.2' ? {} : { impossible: needsVersion(version) }),
      server: { minVersion: version, maxVersion: version, application: { send: 'thirteen byte' } },
      run: {
        steps: [
          { do: 'read', size: 3 },
          { do: 'poll', events: 'in', timeoutMs: 0 },
          { do: 'read', size: 10 },
        ],
      },
      canonical: steps,
    }),
  ),
  {
    id: 'poll/writable',
    run: { steps: [{ do: 'poll', events: 'out', timeoutMs: 200 }] },
    canonical: steps,
  },
  {
    id: 'poll/nothing-to-read',
    // TLS 1.3 would send session tickets, which are no data but make the socket readable.
    server: { ...SILENT, maxVersion: 'TLSv1.2' },
    run: {
      steps: [
        { do: 'write', bytes: 'x' },
        { do: 'poll', events: 'in', timeoutMs: 50 },
      ],
    },
    canonical: steps,
  },
  {
    id: 'handshake/setblocking',
    server: { application: { send: 'late\n' }, faults: ['pause-before-data'] },
    run: {
      timeout: 3,
      steps: [
        { do: 'setblocking', blocking: false },
        { do: 'read', size: 5 },
        { do: 'setblocking', blocking: true },
        { do: 'read', size: 5 },
      ],
    },
    canonical: steps,
  },
  {
    id: 'timeout/silent-peer-in-wrap',
    number: '36',
    server: { faults: ['never-answers'] },
    run: { timeout: 0.5, stopOnError: true },
    canonical: (value) => ({
      ...value,
      error: value.error === undefined ? null : { type: value.error.type, name: value.error.name },
    }),
  },
  {
    id: 'timeout/read-then-data',
    number: '40',
    server: { application: { respond: 'late\n', when: 'now\n' } },
    run: {
      timeout: 0.5,
      steps: [
        { do: 'python', name: 'read', source: 'wrapped.read(5)' },
        { do: 'python', name: 'write', source: "wrapped.write(b'now\\n')" },
        { do: 'python', name: 'read again', source: 'time.sleep_ms(100)\nresult = wrapped.read(5)' },
      ],
    },
    canonical: (value, handshake) => (handshake.board.wrap.error === null ? namesOnly(stepsOf(handshake)) : value),
  },
  {
    id: 'timeout/read-twice',
    number: '40',
    server: { application: { send: 'late\n' }, faults: ['pause-before-data'] },
    run: {
      timeout: 0.5,
      steps: [
        { do: 'python', name: 'read', source: 'wrapped.read(5)' },
        { do: 'python', name: 'read again', source: 'time.sleep_ms(1300)\nresult = wrapped.read(5)' },
      ],
    },
    canonical: (value, handshake) => (handshake.board.wrap.error === null ? namesOnly(stepsOf(handshake)) : value),
  },
  {
    id: 'error/raw-socket-after-failed-wrap',
    number: '34',
    server: { faults: ['http-answer'] },
    run: { steps: [{ do: 'python', name: 'raw', source: "sock.send(b'x')" }] },
    canonical: (value, { board }) => ({ ...value, rawSocket: board.steps[0]?.error == null ? 'open' : 'closed' }),
  },
];

/** Without the numbers of timeouts, which differ between ports. */
function namesOnly(list: readonly unknown[]): unknown {
  return list.map((step) =>
    Object.fromEntries(
      Object.entries(step as Record<string, { raises?: { type: string; name?: string; code?: number } }>).map(
        ([name, value]) => [
          name,
          value?.raises === undefined
            ? value
            : { raises: { type: value.raises.type, name: value.raises.name, negative: (value.raises.code ?? 0) < 0 } },
        ],
      ),
    ),
  );
}

export const HANDSHAKE_CASES: readonly ConformanceCase[] = ROWS.map(clientCase);
