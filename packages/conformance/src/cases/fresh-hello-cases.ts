import { exhaustionOf, type Handshake } from '@wirewrap/tls-lab';
import { observeHandshake } from '../observation/handshake-observation.ts';
import type { Lost } from '../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { clientHelloParts, type HelloParts, serverHelloParts } from './hello-parts.ts';
import { noteReached, noteUnreached, outOfReach, wasUnreached } from './reach.ts';

const CONNECTIONS = 3;

/** `new each time`, `the same again`, or `none`. */
function freshness(values: readonly string[]): string {
  if (values.every((value) => value === '')) return 'none';
  return new Set(values).size === values.length ? 'new each time' : 'the same again';
}

function compared(parts: readonly HelloParts[]): unknown {
  return {
    random: freshness(parts.map(({ random }) => random)),
    sessionId: freshness(parts.map(({ sessionId }) => sessionId)),
    key: freshness(parts.map(({ key }) => key)),
  };
}

/** Connects so many times; a connection without a hello ends it, and what it showed is the observation. */
async function repeated(
  bench: CaseBench,
  connect: () => Promise<Handshake>,
  partsOf: (handshake: Handshake) => HelloParts | null,
): Promise<unknown> {
  const found: HelloParts[] = [];
  while (found.length < CONNECTIONS) {
    const handshake = await connect();
    if (wasUnreached(handshake)) return noteUnreached(bench);
    if (handshake.role === 'server') noteReached(bench);
    const exhausted = exhaustionOf(handshake.board);
    if (exhausted !== null) return { lost: 'out of memory', detail: exhausted } satisfies Lost;
    const parts = handshake.board.crash === null ? partsOf(handshake) : null;
    if (parts === null || !handshake.board.completed) return observeHandshake(handshake);
    found.push(parts);
  }
  return compared(found);
}

async function asClient(bench: CaseBench): Promise<unknown> {
  await using server = await bench.tls.server({ certificate: await bench.pki.certificate('good') });
  return await repeated(
    bench,
    () => bench.tls.connect(server),
    ({ wire }) => (wire?.clientHello == null ? null : clientHelloParts(wire.clientHello.raw)),
  );
}

/** TLS 1.2, where the server's key of the connection crosses the wire in the clear. */
async function asServer(bench: CaseBench): Promise<unknown> {
  const reason = outOfReach(bench);
  if (reason !== null) return reason;
  const certificate = await bench.pki.certificate('good');
  return repeated(
    bench,
    () => bench.tls.serve({ certificate }, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
    ({ wire }) => {
      const sent = (wire?.wire.chunks ?? []).filter(({ sender }) => sender === 'board').map(({ bytes }) => bytes);
      return serverHelloParts(Buffer.concat(sent));
    },
  );
}

/** What must be new in every connection: the same random twice gives away keys and repeats old connections. */
export const FRESH_HELLO_CASES: readonly ConformanceCase[] = [
  { id: 'client/hello/fresh', number: '26', run: asClient },
  { id: 'server/hello/fresh', run: asServer },
];
