import { type BoardRun, ExtensionType, groupName, HandshakeType, readServerHello } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { needsVersion } from '../offered-versions.ts';
import { type RawClient, type RawMessage, talkRawTo } from '../raw/raw-client.ts';
import { nameOf } from '../raw/raw-server.ts';
import { handshakeRecord } from '../raw/server-messages.ts';
import { outOfReach } from '../reach.ts';
import { ANSWER_ROWS } from './answer-rows.ts';
import { type HelloAnswer, type HelloRow, helloOf } from './hello-row.ts';
import { LENGTH_ROWS } from './length-rows.ts';

/** Every ClientHello that a board is asked with, by the id of its case. */
export const HELLO_ROWS: ReadonlyMap<string, HelloRow> = new Map(
  [...LENGTH_ROWS, ...ANSWER_ROWS].map((row) => [
    `fields/server/${row.version === 'TLSv1.3' ? 'tls13/' : ''}${row.name}`,
    row,
  ]),
);

async function ask(bench: CaseBench, row: HelloRow): Promise<HelloAnswer> {
  const certificate = await bench.pki.certificate('good', row.key === undefined ? {} : { key: row.key });
  const run: BoardRun = { certificate, args: { server_side: true }, steps: [], stopOnError: true };
  const { said } = await talkRawTo(bench, run, async (peer) => {
    peer.send(handshakeRecord(helloOf(row)));
    return await answerOf(peer, row);
  });
  return said;
}

async function answerOf(peer: RawClient, row: HelloRow): Promise<HelloAnswer> {
  const first = await peer.next();
  const hello =
    typeof first === 'string' || first.type !== HandshakeType.server_hello ? null : readServerHello(first.body);
  if (hello === null) return { says: wordOf(first) };
  const answer = {
    says: hello.helloRetryRequest ? 'hello_retry_request' : 'server_hello',
    version: hello.version,
    suite: hello.cipherSuite,
    extensions: hello.extensions.map((type) => nameOf(ExtensionType, type)).sort(),
  };
  if (hello.version === 'TLSv1.3') return { ...answer, group: hello.group };
  const exchange = await keyExchangeOf(peer);
  const group = exchange === null ? null : exchange.group;
  if (row.afterwards === undefined) return { ...answer, group };
  peer.send(row.afterwards(exchange?.prime ?? null));
  return { ...answer, group, afterwards: wordOf(await peer.next()) };
}

const wordOf = (came: RawMessage | string): string =>
  typeof came === 'string' ? came : nameOf(HandshakeType, came.type);

interface KeyExchange {
  readonly group: string;
  readonly prime: Buffer | null;
}

/** The group of the server's ServerKeyExchange; it reads up to its ServerHelloDone. */
async function keyExchangeOf(peer: RawClient): Promise<KeyExchange | null> {
  let found: KeyExchange | null = null;
  for (;;) {
    const came = await peer.next();
    if (typeof came === 'string' || came.type === HandshakeType.server_hello_done) return found;
    if (came.type === HandshakeType.server_key_exchange) found = exchanged(came.body);
  }
}

/** Of ECDHE it begins with `named_curve` (3) and the curve (RFC 8422 section 5.4), of DHE with the prime (RFC 5246 section 7.4.3). */
function exchanged(body: Buffer): KeyExchange {
  if (body[0] === 3) return { group: groupName(body.readUInt16BE(1)), prime: null };
  const prime = body.subarray(2, 2 + body.readUInt16BE(0));
  return { group: `prime of ${prime.length * 8} bits`, prime };
}

/** The board as server, asked with ClientHellos that no TLS library sends. */
export const HELLO_CASES: readonly ConformanceCase[] = [...HELLO_ROWS].map(([id, row]) => ({
  id,
  async run(bench) {
    const reason = outOfReach(bench) ?? (row.version === 'TLSv1.3' ? await needsVersion('TLSv1.3')(bench) : null);
    return reason ?? (await ask(bench, row));
  },
}));
