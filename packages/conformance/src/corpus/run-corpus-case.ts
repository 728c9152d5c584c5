import { createPrivateKey } from 'node:crypto';
import { type CertificateBundle, type CertificateFile, derOf, type Pki } from '@wirewrap/certgen';
import type { Board } from '@wirewrap/repl-driver';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import {
  type BoardOutcome,
  type BoardRun,
  exhaustionOf,
  type Handshake,
  setClock,
  type TlsLab,
} from '@wirewrap/tls-lab';
import type { Capabilities } from '../claim/claim.ts';
import { describeValue } from '../observation/describe-value.ts';
import { observeHandshake } from '../observation/handshake-observation.ts';
import { describeError, observedError } from '../observation/observed-error.ts';
import { hostRefusal } from '../suite/host-refusal.ts';
import { lossOf } from '../suite/run-case.ts';
import { neededTime } from './case-clock.ts';
import type { CorpusCase, CorpusLabel, CorpusResult } from './corpus-case.ts';

export interface CorpusBench {
  readonly board: Board;
  readonly tls: TlsLab;
  readonly pki: Pki;
  readonly can: Capabilities;
}

const REQUIRED = 2;

function fileOf(pem: string): CertificateFile {
  return { pem, der: derOf(pem) };
}

/** What the host presents. */
function bundleOf(item: CorpusCase, key: string): CertificateBundle {
  const [leaf, intermediates] = [fileOf(item.leaf), item.intermediates.map(fileOf)];
  const anchors = item.trusted.map(fileOf);
  const chainPem = [item.leaf, ...item.intermediates].map((pem) => `${pem.trim()}\n`).join('');
  return {
    profile: item.id,
    role: item.presents,
    host: item.name ?? '',
    key: { pem: key, der: createPrivateKey(key).export({ type: 'pkcs8', format: 'der' }) },
    leaf,
    intermediates,
    ca: anchors[0] ?? leaf,
    anchors,
    crls: [],
    chainPem,
    combinedPem: `${key.trim()}\n${chainPem}`,
  };
}

/** Several trust anchors need PEM; one goes as DER, which every firmware takes. */
function cadataOf(item: CorpusCase, can: Capabilities): Uint8Array | null {
  const [only, ...more] = item.trusted;
  if (only === undefined) return null;
  if (more.length === 0) return fileOf(only).der;
  return can.pem ? Buffer.from(item.trusted.map((pem) => `${pem.trim()}\n`).join('')) : null;
}

/** Why this board cannot be asked, or null. */
function skipReason(item: CorpusCase, can: Capabilities): string | null {
  if (!can.keywords.includes('cadata')) return 'the firmware cannot validate (no keyword cadata)';
  if (item.key === null) return null;
  if (item.trusted.length === 0) return 'the case has no trust anchor';
  if (cadataOf(item, can) === null) return 'the firmware takes one trust anchor only and the case has several';
  if (item.presents === 'server' && item.name === null) return 'the case has no name and the firmware needs one';
  return null;
}

/** The host gave up: its alert or its end came before the board's verdict. */
function hostGaveUp({ board, wire }: Handshake): string | null {
  if (board.error === null || wire === null) return null;
  const alerts = wire.alerts.filter(({ level }) => level === 'fatal');
  if (alerts.some(({ sender }) => sender === 'board')) return null;
  const byPeer = alerts.find(({ sender }) => sender === 'peer');
  const { errno } = board.error;
  // -30592 fatal alert received, -29312 end of file; the verifier's own numbers are others.
  if (byPeer === undefined && errno !== -30_592 && errno !== -29_312) return null;
  return wire.peerError?.code ?? byPeer?.name ?? 'the connection ended';
}

/** Why what the board did is no verdict on a certificate, or null. */
function saysNothing(board: BoardOutcome): string | null {
  if (board.crash !== null) return 'the board reset';
  const exhausted = exhaustionOf(board);
  if (exhausted !== null) return exhausted;
  if (board.error === null) return null;
  // A verdict is a ValueError, or an OSError with a number of mbedTLS; below 256 it is the socket's, a TypeError the arguments'.
  const { type, errno } = board.error;
  const verdict = type === 'ValueError' || (type === 'OSError' && Math.abs(errno ?? 0) > 255);
  return verdict ? null : describeError(observedError(board.error));
}

function labelOf(item: CorpusCase, handshake: Handshake): { label: CorpusLabel; observed: string } {
  const { board } = handshake;
  const nothing = saysNothing(board);
  if (nothing !== null) return { label: 'skipped', observed: nothing };
  const reason = hostGaveUp(handshake);
  if (reason !== null) return { label: 'undeliverable', observed: `the host's TLS cannot serve it (${reason})` };
  const accepted = board.completed;
  const observed = describeValue(observeHandshake(handshake));
  if (accepted === (item.expected === 'accept')) return { label: 'agrees', observed };
  return { label: accepted ? 'accepts-invalid' : 'rejects-valid', observed };
}

async function connect(item: CorpusCase, bench: CorpusBench, bundle: CertificateBundle): Promise<Handshake> {
  const cadata = cadataOf(item, bench.can) ?? new Uint8Array();
  // The handshake alone is asked; a server's verdict on a client of TLS 1.3 falls in it too.
  const run = { steps: [] } satisfies BoardRun;
  if (item.presents === 'client') {
    const own = await bench.pki.certificate('good');
    const args = { server_side: true, key: own.key.der, cert: own.leaf.der, cert_reqs: REQUIRED, cadata };
    return bench.tls.serve({ ...run, args }, { certificate: bundle, ciphers: 'DEFAULT@SECLEVEL=0' });
  }
  const args = { cert_reqs: REQUIRED, cadata, server_hostname: item.name };
  return bench.tls.connect({ certificate: bundle, ciphers: 'DEFAULT@SECLEVEL=0' }, { ...run, args });
}

/** Runs one case over real sockets. What the host cannot present is `undeliverable`, never "the board refused". */
export async function runCorpusCase(
  item: CorpusCase,
  bench: CorpusBench,
  clock: HostClock = hostClock,
): Promise<CorpusResult> {
  const result = (label: CorpusLabel, observed: string): CorpusResult => ({
    id: item.id,
    expected: item.expected,
    label,
    observed,
  });
  const skipped = skipReason(item, bench.can);
  if (skipped !== null) return result('skipped', skipped);
  if (item.key === null) return result('undeliverable', 'the corpus gives no private key');
  const time = neededTime(item, clock.date());
  if (time !== null) {
    const { set } = await setClock(bench.board, time);
    if (!set) return result('skipped', `needs the clock at ${time.toISOString()}, which this firmware cannot set`);
  }
  try {
    const handshake = await connect(item, bench, bundleOf(item, item.key));
    const { label, observed } = labelOf(item, handshake);
    return result(label, observed);
  } catch (error) {
    const refusal = hostRefusal(error);
    if (refusal !== null) return result('undeliverable', `the host's TLS cannot serve it (${refusal})`);
    const loss = lossOf(error);
    if (loss !== null) return result('skipped', loss.lost);
    throw error;
  } finally {
    if (time !== null) await setClock(bench.board, clock.date());
  }
}
