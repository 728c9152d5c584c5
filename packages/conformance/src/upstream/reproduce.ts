import type { CertificateBundle, Pki } from '@wirewrap/certgen';
import { type Board, BoardResetError, MicroPythonError } from '@wirewrap/repl-driver';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import {
  type BoardNetwork,
  connectTlsClient,
  setClock,
  startTlsServer,
  type TlsClientPeer,
  type Transcript,
} from '@wirewrap/tls-lab';
import { instead } from '../debug.ts';
import { programOf } from './program-of.ts';
import type { ReportPeer, UpstreamReport } from './upstream-report.ts';

/** The board that a finding is shown on, and what the host's end needs. */
export interface ReproductionBench {
  readonly board: Board;
  /** Joined already. */
  readonly network: BoardNetwork;
  readonly pki: Pki;
  readonly signal?: AbortSignal;
}

/** What a program for maintainers did on a board, and what the host saw. */
export interface Reproduction {
  readonly finding: string;
  /** The program with the values that it ran with in front. */
  readonly program: string;
  /** What it printed. */
  readonly output: string;
  /** Its exception, or the reason of the reset; null when it ended. */
  readonly ended: { readonly how: 'raised' | 'crashed'; readonly text: string } | null;
  /** Null when no connection came. */
  readonly wire: Transcript | null;
  /** Whether the firmware has the finding. */
  readonly shown: boolean;
}

/** Milliseconds for the whole program: a handshake of a slow board, and its time-outs. */
const PROGRAM_MS = 60_000;
/** Milliseconds that the wire may need to close once the program has ended. */
const SETTLE_MS = 2_000;

type Ending = Pick<Reproduction, 'output' | 'ended'>;

/**
 * Runs the smallest program of a finding on a board, against a peer of this host.
 *
 * @example const { shown } = await reproduce(report, { board, network, pki });
 * @throws ReplDriverError when the board does not answer; what the program raises is in `ended`.
 */
export async function reproduce(
  report: UpstreamReport,
  bench: ReproductionBench,
  clock: HostClock = hostClock,
): Promise<Reproduction> {
  await setClock(bench.board, clock.date());
  try {
    return report.peer.role === 'server'
      ? await againstServer(report, report.peer, bench)
      : await againstClient(report, bench);
  } finally {
    await setClock(bench.board, clock.date());
  }
}

async function againstServer(
  report: UpstreamReport,
  peer: ReportPeer & { role: 'server' },
  bench: ReproductionBench,
): Promise<Reproduction> {
  const { network, pki, board } = bench;
  const certificate = await pki.certificate(peer.profile);
  const { faults = [], application = 'echo' } = peer;
  const address = network.listenAddress;
  await using server = await startTlsServer({ certificate, faults, application, address });
  const trusted = peer.strangerTrusted ? await pki.certificate('untrusted-ca') : certificate;
  const values = { HOST: network.hostFor(server.address), PORT: server.port, NAME: certificate.host };
  const program = withValues(report.finding, values, trusted);
  const ending = await runProgram(board, program, bench.signal);
  const wire = await server
    .nextTranscript({ deadlineMs: SETTLE_MS })
    .catch(instead(null, 'waiting for the whole connection'));
  return reproductionOf(report, program, ending, wire);
}

async function againstClient(report: UpstreamReport, bench: ReproductionBench): Promise<Reproduction> {
  const { network, board } = bench;
  const port = await network.boardPort();
  const program = withValues(report.finding, { HOST: network.bindAddress, PORT: port }, null);
  const target = network.boardAt(port);
  let connecting: Promise<TlsClientPeer | null> | undefined;
  const ending = await runProgram(board, program, bench.signal, (text) => {
    if (!text.includes('listening')) return;
    // Caught at once: the program may go on for long after a connection that failed.
    connecting ??= connectTlsClient(target.host, target.port, {}).catch(instead(null, 'connecting to the board'));
  });
  await using client = await connecting;
  const wire =
    (await client?.transcript({ deadlineMs: SETTLE_MS }).catch(instead(null, 'waiting for the whole connection'))) ??
    null;
  return reproductionOf(report, program, ending, wire);
}

/** The host's values as Python in front of the program; a root certificate only where the program validates. */
function withValues(
  finding: string,
  values: Readonly<Record<string, string | number>>,
  trusted: CertificateBundle | null,
): string {
  const program = programOf(finding);
  const names = Object.entries(values).filter(([name]) => program.includes(name));
  const lines = names.map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  if (trusted && program.includes('CA')) {
    lines.push(`from binascii import unhexlify`, `CA = unhexlify("${Buffer.from(trusted.ca.der).toString('hex')}")`);
  }
  return `${lines.join('\n')}\n\n${program}`;
}

async function runProgram(
  board: Board,
  program: string,
  signal: AbortSignal | undefined,
  onText: (text: string) => void = () => {},
): Promise<Ending> {
  let output = '';
  const onOutput = (text: string): void => {
    output += text;
    onText(output);
  };
  try {
    await board.exec(program, { deadlineMs: PROGRAM_MS, onOutput, ...(signal ? { signal } : {}) });
    return { output, ended: null };
  } catch (error) {
    if (error instanceof BoardResetError) return { output, ended: { how: 'crashed', text: error.reason } };
    if (!(error instanceof MicroPythonError)) throw error;
    return { output, ended: { how: 'raised', text: error.message } };
  }
}

function reproductionOf(
  { finding, sign }: UpstreamReport,
  program: string,
  ending: Ending,
  wire: Transcript | null,
): Reproduction {
  return { finding, program, ...ending, wire, shown: isShown(sign, ending, wire) };
}

function isShown(sign: UpstreamReport['sign'], { output, ended }: Ending, wire: Transcript | null): boolean {
  if ('crashes' in sign) return ended?.how === 'crashed';
  if ('prints' in sign) return output.includes(sign.prints);
  return ended === null && wire?.handshakeCompleted === true && !wire.close.closeNotify.board;
}
