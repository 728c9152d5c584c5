import type { CertificateBundle, KeyKind } from '@wirewrap/certgen';
import { exhaustionOf, type Handshake } from '@wirewrap/tls-lab';
import type { Lost } from '../../observation/not-observed.ts';
import type { CaseBench } from '../conformance-case.ts';
import { HOST } from '../handshake-case.ts';
import { CERT } from '../validation-cases.ts';
import { otherRoots } from './other-roots.ts';
import { tlsMemory } from './tls-memory.ts';

export interface HeapRow {
  readonly name: string;
  readonly key: KeyKind;
  readonly chained?: boolean;
  /** Roots in `cadata`, the one that is needed last. Default 1. */
  readonly roots?: number;
}

/** Bytes to which the search comes near. */
const NEAR = 512;

const CHAINED = 'with-intermediate';

async function anchorsOf(bench: CaseBench, bundle: CertificateBundle, roots: number): Promise<Uint8Array> {
  if (roots === 1) return bundle.ca.der;
  return Buffer.from([...(await otherRoots(bench.pki, roots - 1)), bundle.ca.pem].join(''));
}

/**
 * The least memory of the TLS library with which a handshake completes, by halving; a board that dies of too little is what
 * must not be (micropython#3650).
 */
export const smallestHeap =
  ({ key, chained = false, roots = 1 }: HeapRow) =>
  async (bench: CaseBench): Promise<unknown> => {
    const memory = await tlsMemory(bench);
    if ('unavailable' in memory) return memory;
    const bundle = await bench.pki.certificate(chained ? CHAINED : 'good', { key });
    const cadata = await anchorsOf(bench, bundle, roots);
    await using server = await bench.tls.server({ certificate: bundle });
    const connect = (): Promise<Handshake> =>
      bench.tls.connect(server, { args: { cert_reqs: CERT.REQUIRED, cadata, server_hostname: HOST } });
    const first = await connect();
    if (first.board.crash !== null) return { end: 'crashes' };
    // The bundle has to fit into Python's own heap as well, in one piece.
    const exhausted = exhaustionOf(first.board);
    if (exhausted !== null) return { lost: 'out of memory', detail: exhausted } satisfies Lost;
    await memory.fail(0, 0);
    const whole = await connect();
    if (whole.board.crash !== null) return { end: 'crashes' };
    if (!whole.board.completed) return { control: 'fails', error: whole.board.error?.type ?? null };
    const { now, most } = await memory.held();
    let [low, high] = [now, most];
    let crashes = false;
    try {
      while (high - low > NEAR && !crashes) {
        const middle = Math.floor((low + high) / 2);
        await memory.limit(middle);
        const { board } = await connect();
        crashes = board.crash !== null;
        if (board.completed) high = middle;
        else low = middle;
      }
    } finally {
      if (!crashes) await memory.limit(0);
    }
    bench.measure('most that the handshake took', 'bytes', most - now);
    bench.measure('least free memory with which it completes', 'bytes', high - now);
    return crashes ? { end: 'crashes' } : { control: 'completes', crashes };
  };

/** Each allocation of a handshake fails once, one in `step`: the board must raise and go on. */
export async function failingAllocations(bench: CaseBench): Promise<unknown> {
  const memory = await tlsMemory(bench);
  if ('unavailable' in memory) return memory;
  const attempts = 40;
  await using server = await bench.tls.server({ certificate: await bench.pki.certificate('good') });
  await bench.tls.connect(server);
  await memory.fail(0, 0);
  const whole = await bench.tls.connect(server, {
    steps: [{ do: 'python', name: 'count', source: memory.countExpression }],
  });
  if (!whole.board.completed) return { control: 'fails' };
  const total = Number(whole.board.steps[0]?.value);
  let failed = 0;
  for (let n = 0; n < attempts; n += 1) {
    const number = 1 + Math.floor((n * total) / attempts);
    await memory.fail(number, number);
    const { board } = await bench.tls.connect(server, { steps: [] });
    if (board.crash !== null) return { end: 'crashes' };
    if (!board.completed) failed += 1;
  }
  await memory.fail(0, 0);
  const { board } = await bench.tls.connect(server);
  bench.measure('handshakes that failed for want of memory', 'count', failed);
  return {
    control: 'completes',
    failures: failed > 0,
    crashes: false,
    afterwards: board.completed ? 'completes' : 'fails',
  };
}
