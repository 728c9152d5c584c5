import { readFileSync } from 'node:fs';
import { py } from '@wirewrap/repl-driver';
import type { TlsServerPeer, Transcript } from '@wirewrap/tls-lab';
import type { Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { raisedBy } from '../failed-program.ts';
import { needs } from '../needs.ts';
import { needsVersion } from '../offered-versions.ts';

const PROGRAM = readFileSync(new URL('./resumption.py', import.meta.url), 'utf8');

/** No firmware that was released has it: micropython#12780 is a proposal of 2023. */
const NO_SESSIONS: Unavailable = { unavailable: 'no SSLSession: no release has the sessions of micropython#12780' };

const HAS_SESSIONS = "any(hasattr(__import__(m), 'SSLSession') for m in ('tls', 'ssl'))";

type Version = 'TLSv1.2' | 'TLSv1.3';

interface Asked {
  readonly saved?: Uint8Array;
  readonly kept?: boolean;
}

interface Connected {
  readonly ms: number;
  readonly session: Uint8Array | null;
  readonly wire: Transcript;
}

class Client {
  readonly #bench: CaseBench;

  constructor(bench: CaseBench) {
    this.#bench = bench;
  }

  async connect(server: TlsServerPeer, { saved, kept = false }: Asked = {}): Promise<Connected> {
    const { board, network } = this.#bench;
    const call = py`_rone(${network.hostFor(server.address)}, ${server.port}, ${saved ?? null}, ${kept})`;
    const [ms, session] = await board.evaluate<[number, Uint8Array | null]>(call, { deadlineMs: 30_000 });
    return { ms, session, wire: await server.nextTranscript({ deadlineMs: 5_000 }) };
  }
}

const kindOf = ({ wire }: Connected): 'resumed' | 'full' => (wire.negotiated?.resumed === true ? 'resumed' : 'full');
const bytesOf = ({ wire }: Connected): number => wire.bytes.board + wire.bytes.peer;

type Second = (session: Uint8Array, bench: CaseBench) => Promise<Asked> | Asked;

interface Row {
  readonly name: string;
  readonly second: Second;
  /** The second connection goes to another server, which knows no session of the first. */
  readonly other?: boolean;
}

/** A quarter into it stands the secret; in front of it are times and names. */
const flipped = (session: Uint8Array): Uint8Array =>
  session.map((byte, index) => (index === session.length >> 2 ? byte ^ 0xff : byte));

const ROWS: readonly Row[] = [
  { name: 'object', second: () => ({ kept: true }) },
  { name: 'serialized', second: (saved) => ({ saved }) },
  {
    name: 'survives-reset',
    second: async (saved, { board, network }) => {
      await board.reset('soft');
      await network.join(board);
      await board.exec(PROGRAM);
      return { saved };
    },
  },
  { name: 'other-server', second: (saved) => ({ saved }), other: true },
  { name: 'cut-off', second: (session) => ({ saved: session.subarray(0, session.length >> 1) }) },
  { name: 'changed', second: (session) => ({ saved: flipped(session) }) },
  { name: 'junk', second: () => ({ saved: Buffer.from('junk') }) },
];

async function resume(bench: CaseBench, version: Version, { second, other = false }: Row): Promise<unknown> {
  const reason = await needsVersion(version)(bench);
  if (reason !== null) return reason;
  if (!(await bench.board.evaluate<boolean>(HAS_SESSIONS))) return NO_SESSIONS;
  const certificate = await bench.pki.certificate('good');
  const options = { certificate, minVersion: version, maxVersion: version };
  await using first = await bench.tls.server(options);
  await using another = await bench.tls.server(options);
  await bench.board.exec(PROGRAM);
  const client = new Client(bench);
  await client.connect(first);
  const whole = await client.connect(first);
  if (whole.session === null) return { first: kindOf(whole), session: null };
  bench.measure('a session as bytes', 'bytes', whole.session.length);
  const asked = await second(whole.session, bench);
  try {
    const again = await client.connect(other ? another : first, asked);
    bench.measure('bytes on the wire, whole', 'bytes', bytesOf(whole));
    bench.measure('bytes on the wire, second time', 'bytes', bytesOf(again));
    bench.measure('wrap, whole', 'ms', whole.ms);
    bench.measure('wrap, second time', 'ms', again.ms);
    return { first: kindOf(whole), second: kindOf(again), shorter: bytesOf(again) < bytesOf(whole) };
  } catch (error) {
    return { first: kindOf(whole), second: raisedBy(error) };
  }
}

/** A second handshake that goes on where the first one ended (micropython#12780). Role client. */
export const RESUMPTION_CASES: readonly ConformanceCase[] = (['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) =>
  ROWS.map((row) => ({
    id: `newest/client/session/${version === 'TLSv1.2' ? 'tls12' : 'tls13'}/${row.name}`,
    budgetMs: 120_000,
    unavailable: needs('tlsModule'),
    run: (bench) => resume(bench, version, row),
  })),
);
