import { type BoardRun, FAULTS, type Fault, type Handshake } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import type { ClientRow, Parties, ServerRow } from './handshake-case.ts';
import { needsVersion } from './offered-versions.ts';

export type FaultVersion = 'TLSv1.2' | 'TLSv1.3';

/** Pauses of seconds say nothing about TLS: one of each kind is enough for every run. */
const LEFT_OUT: readonly string[] = [
  'pause-before-hello',
  'pause-before-certificate',
  'pause-before-finished',
  'pause-before-data',
  'stall-in-certificate',
  'stall-in-finished',
  'slow-drip',
  'ten-megabytes',
];

/** After these a board was seen to wait although the peer only lost something: nothing more comes. */
const SEEN_TO_WAIT: readonly string[] = ['missing-change-cipher-spec', 'lost-data-record'];

/** Seconds for one operation of the board's socket, and milliseconds for the whole case: single bytes take long over Wi-Fi. */
const PATIENCE = {
  virtual: { answeredS: 2, silentS: 0.4, caseMs: 15_000 },
  hardware: { answeredS: 5, silentS: 2, caseMs: 30_000 },
} as const;

/**
 * Whether the fault ends the connection before a ServerHello is whole: then no version is agreed, and what crosses the wire
 * is the same whichever the server wanted.
 */
export function precedesVersion({ step, act }: Fault): boolean {
  return step === 'connect' || (step === 'hello' && ['fin', 'rst', 'stall', 'replace', 'raw'].includes(act.act));
}

/** Every fault that an end of TLS can commit in a version and that fits into a run. */
export function faultsOf(sender: 'server' | 'client', version: FaultVersion): readonly Fault[] {
  return FAULTS.filter(
    ({ name, sentBy = sender, versions = [version] }) =>
      sentBy === sender && versions.includes(version) && !LEFT_OUT.includes(name),
  );
}

/** A sound peer answers in milliseconds, but Wi-Fi may lose a packet; what waits for ever must end. */
function patienceWith(
  fault: Fault,
  version: FaultVersion,
  { bench }: Parties,
): Pick<BoardRun, 'timeout' | 'deadlineMs'> {
  const { answeredS, silentS, caseMs } = bench.can.hardware ? PATIENCE.hardware : PATIENCE.virtual;
  const sound = fault.soundIn?.[version] ?? fault.sound;
  const waits = sound.results.includes('waits') || SEEN_TO_WAIT.includes(fault.name);
  return { timeout: waits ? silentS : answeredS, deadlineMs: caseMs };
}

/** What a TCP stack says of a reset, whichever of its calls meets it first. */
const RESETS: readonly unknown[] = ['ECONNRESET', 'ECONNABORTED', 'ENOTCONN', 'EPIPE'];

/** Where the host closes anyhow, or answers what the board says to the fault, only the end of the connection is sure. */
const closesAnyhow = (name: string): boolean => /close|fin-|rst|truncated|alert-100/.test(name);

/** A fault that was asked for and never found its place says nothing about the board. */
function happened(name: string, { wire }: Handshake): object {
  return wire?.faults.includes(name) ? {} : { faultHappened: false };
}

/** Where an error came: which of the operations on data meets it is a matter of time. */
function placeOf(name: string, { at }: HandshakeObservation): object {
  if (at === undefined) return {};
  // Behind its last flight the board may have left wrap_socket already.
  if (name === 'rst-after-finished') return { at: 'wrap or data' };
  return { at: at === 'wrap' ? 'wrap' : 'data' };
}

/** A reset without its number: that depends on the port, and on the call that meets it first. The sign tells firmwares apart. */
function resetOf(name: string, { error }: HandshakeObservation): object {
  if (!name.startsWith('rst') || !RESETS.includes(error?.name)) return {};
  const sign = name === 'rst-after-finished' ? {} : { negative: (error?.code ?? 0) < 0 };
  return { error: { type: error?.type, name: 'reset', ...sign } };
}

/** Everything but what time decides. */
function settled({ name }: Fault, value: HandshakeObservation, handshake: Handshake): HandshakeObservation {
  return {
    ...value,
    ...placeOf(name, value),
    ...resetOf(name, value),
    // No alert follows; whether the rest of the record makes the board's close a reset is a matter of time.
    ...(name.startsWith('oversize') ? { boardAlert: null } : {}),
    ...happened(name, handshake),
  };
}

/** The peer is a server that commits the fault; the board is client. */
export function clientFaultRow(fault: Fault, version: FaultVersion, id: string, number?: string): ClientRow {
  const { name } = fault;
  const closes = closesAnyhow(name);
  // The copy of a record shows itself in the read behind the first.
  const readsOn = closes || name === 'replayed-data';
  return {
    id,
    number,
    ...(version === 'TLSv1.2' ? {} : { impossible: needsVersion(version) }),
    args: { server_hostname: 'board.test' },
    server: {
      minVersion: version,
      maxVersion: version,
      faults: [name],
      // An alert of the board needs somebody who still reads.
      application: closes ? { respond: 'pong\n', when: 'ping\n' } : 'echo',
    },
    run: (parties): BoardRun => ({
      ...patienceWith(fault, version, parties),
      steps: [
        { do: 'write', bytes: 'ping\n' },
        { do: 'read', size: 5 },
        ...(readsOn ? [{ do: 'read', size: 1 } as const] : []),
        { do: 'close' },
      ],
    }),
    canonical: (value, handshake) => {
      const { steps } = handshake.board;
      // A warning that comes before the data makes read() give None once, on a blocking socket; after it, it does not.
      if (name === 'warning-alert-100-in-data') return { end: value.end, error: value.error };
      return {
        ...settled(fault, value, handshake),
        read: steps[1]?.value ?? null,
        ...(readsOn ? { endOfData: steps[2]?.value ?? null } : {}),
      };
    },
  };
}

/** The peer is a client that commits the fault; the board is server. */
export function serverFaultRow(fault: Fault, version: FaultVersion, id: string): ServerRow {
  return {
    id,
    client: {
      minVersion: version,
      maxVersion: version,
      faults: [fault.name],
      application: { send: 'ping\n', afterwards: 'close-after-answer' },
    },
    run: (parties): BoardRun => ({
      ...patienceWith(fault, version, parties),
      stopOnError: true,
      steps: [{ do: 'readline' }, { do: 'write', bytes: 'pong\n' }, { do: 'read', size: 1 }, { do: 'close' }],
    }),
    canonical: (value, handshake) => {
      const { steps } = handshake.board;
      if (fault.name === 'warning-alert-100-in-data') return { end: value.end, error: value.error };
      // How much of its hello the host got out before the board gave up is the host's affair.
      const { hello: _hello, ...seen } = settled(fault, value, handshake);
      return {
        ...seen,
        read: steps[0]?.value ?? null,
        endOfData: steps[2]?.value ?? null,
      };
    },
  };
}
