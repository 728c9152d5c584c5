import { type BoardRun, endsAtOurs, FAULTS, type Fault, type Handshake, type RaceDecides } from '@wirewrap/tls-lab';
import { canonicalValue } from '../observation/canonical-json.ts';
import { endedByHost } from '../observation/ended-by-host.ts';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import { OUR_FINISHED } from '../observation/host-limit.ts';
import type { CaseBench } from './conformance-case.ts';
import type { ClientRow, Parties, ServerRow } from './handshake-case.ts';
import { needsVersion } from './offered-versions.ts';
import { hasWaitedInVain } from './waited-in-vain.ts';

export type FaultVersion = 'TLSv1.2' | 'TLSv1.3';

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
    ({ leftOut = false, sentBy = sender, versions = [version] }) =>
      sentBy === sender && versions.includes(version) && !leftOut,
  );
}

/** Whether the peer falls silent, so that a correct board waits. */
function fallsSilent(fault: Fault, version: FaultVersion): boolean {
  const correct = fault.correctIn?.[version] ?? fault.correct;
  return correct.results.includes('waits') || fault.slow === true;
}

/** A correct peer answers in milliseconds, but Wi-Fi may lose a packet; what waits for ever must end. */
function patienceWith(
  fault: Fault,
  version: FaultVersion,
  { bench }: Parties,
): Pick<BoardRun, 'timeout' | 'deadlineMs'> {
  const { answeredS, silentS, caseMs } = bench.can.hardware ? PATIENCE.hardware : PATIENCE.virtual;
  return { timeout: fallsSilent(fault, version) ? silentS : answeredS, deadlineMs: caseMs };
}

/**
 * A board that waited in vain for a peer that does not fall silent may have lost packets: seen in one whole run of 1.20, with a
 * record for each byte. What the board does by itself, it does again.
 */
function mayHaveLostPackets(fault: Fault, version: FaultVersion): (handshake: Handshake) => boolean {
  return ({ board: { error } }) =>
    error !== null &&
    !fallsSilent(fault, version) &&
    hasWaitedInVain({ type: error.type, name: error.errnoName ?? undefined });
}

/** What a TCP stack says of a reset, whichever of its calls meets it first. */
const RESETS: readonly unknown[] = ['ECONNRESET', 'ECONNABORTED', 'ENOTCONN', 'EPIPE'];

/** A fault that was asked for and never found its place says nothing about the board. */
function happened(name: string, { wire }: Handshake): object {
  return wire?.faults.includes(name) ? {} : { faultHappened: false };
}

/** What a race decides is left out. */
const raced = ({ race = [] }: Fault, what: RaceDecides): boolean => race.includes(what);

/** Where an error came: which of the operations on data meets it is a race. */
function placeOf(fault: Fault, { at }: HandshakeObservation): object {
  if (at === undefined) return {};
  if (raced(fault, 'place')) return { at: 'wrap or data' };
  return { at: at === 'wrap' ? 'wrap' : 'data' };
}

/** A reset without its number: that depends on the port, and on the call that meets it first. The sign tells firmwares apart. */
function resetOf(fault: Fault, { error }: HandshakeObservation): object {
  if (fault.act.act !== 'rst' || !RESETS.includes(error?.name)) return {};
  const sign = raced(fault, 'sign') ? {} : { negative: (error?.code ?? 0) < 0 };
  return { error: { type: error?.type, name: 'reset', ...sign } };
}

/** What the host's end says to a board that has given up is no answer of the board, and depends on the host's OpenSSL. */
function withoutLastWord({ wire }: Handshake): object {
  const first = wire?.alerts.find(({ level }) => level === 'fatal');
  return first?.sender === 'board' ? { peerAlert: null } : {};
}

/** Everything but what a race decides. */
function settled(fault: Fault, value: HandshakeObservation, handshake: Handshake): HandshakeObservation {
  return {
    ...value,
    ...placeOf(fault, value),
    ...resetOf(fault, value),
    ...(raced(fault, 'alert') ? { boardAlert: null } : {}),
    ...withoutLastWord(handshake),
    ...happened(fault.name, handshake),
  };
}

/** A reset that the network may pass on as an end tells no firmwares apart by which of them came. */
function throughNetwork(fault: Fault, value: object, { network }: CaseBench): unknown {
  if (fault.act.act !== 'rst' || network.carriesResets) return value;
  return endedByHost(canonicalValue(value)) ?? value;
}

/** The peer is a server that commits the fault; the board is client. */
export function clientFaultRow(fault: Fault, version: FaultVersion, id: string, number?: string): ClientRow {
  const closes = fault.endsConnection ?? false;
  const readsOn = closes || (fault.readsOn ?? false);
  return {
    id,
    number,
    ...(version === 'TLSv1.2' ? {} : { impossible: needsVersion(version) }),
    args: { server_hostname: 'board.test' },
    again: mayHaveLostPackets(fault, version),
    server: {
      minVersion: version,
      maxVersion: version,
      faults: [fault],
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
    canonical: (value, handshake, bench) => {
      if (endsAtOurs(fault, handshake)) return OUR_FINISHED;
      const { steps } = handshake.board;
      // A warning that comes before the data makes read() give None once, on a blocking socket; after it, it does not.
      if (raced(fault, 'values')) return { end: value.end, error: value.error };
      const seen = {
        ...settled(fault, value, handshake),
        read: steps[1]?.value ?? null,
        ...(readsOn ? { endOfData: steps[2]?.value ?? null } : {}),
      };
      return throughNetwork(fault, seen, bench);
    },
  };
}

/** The peer is a client that commits the fault; the board is server. */
export function serverFaultRow(fault: Fault, version: FaultVersion, id: string): ServerRow {
  return {
    id,
    ...(version === 'TLSv1.2' ? {} : { impossible: needsVersion(version) }),
    again: mayHaveLostPackets(fault, version),
    client: {
      minVersion: version,
      maxVersion: version,
      faults: [fault],
      application: { send: 'ping\n', afterwards: 'close-after-answer' },
    },
    run: (parties): BoardRun => ({
      ...patienceWith(fault, version, parties),
      stopOnError: true,
      steps: [{ do: 'readline' }, { do: 'write', bytes: 'pong\n' }, { do: 'read', size: 1 }, { do: 'close' }],
    }),
    canonical: (value, handshake, bench) => {
      if (endsAtOurs(fault, handshake)) return OUR_FINISHED;
      const { steps } = handshake.board;
      if (raced(fault, 'values')) return { end: value.end, error: value.error };
      // How much of its hello the host got out before the board gave up is the host's affair.
      const { hello: _hello, ...seen } = settled(fault, value, handshake);
      const whole = { ...seen, read: steps[0]?.value ?? null, endOfData: steps[2]?.value ?? null };
      return throughNetwork(fault, whole, bench);
    },
  };
}
