import type { CertificateBundle } from '@wirewrap/certgen';
import { type BoardRun, ExtensionType, HandshakeType, readServerHello, type WrapArguments } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { needs } from '../needs.ts';
import { needsVersion } from '../offered-versions.ts';
import { type RawClient, type RawMessage, talkRawTo } from '../raw/raw-client.ts';
import { nameOf } from '../raw/raw-server.ts';
import { handshakeRecord } from '../raw/server-messages.ts';
import { outOfReach } from '../reach.ts';
import { CERT } from '../validation-cases.ts';
import { ANSWER_ROWS } from './answer-rows.ts';
import { CLIENT_CERTIFICATE_ROWS } from './client-certificate-rows.ts';
import { type HelloAnswer, type HelloRow, helloOf } from './hello-row.ts';
import { LENGTH_ROWS } from './length-rows.ts';
import { readServerFlight, wholeOf } from './server-flight.ts';

/** Every ClientHello that a board is asked with, by the id of its case. */
export const HELLO_ROWS: ReadonlyMap<string, HelloRow> = new Map(
  [...LENGTH_ROWS, ...ANSWER_ROWS, ...CLIENT_CERTIFICATE_ROWS].map((row) => [
    `fields/server/${row.version === 'TLSv1.3' ? 'tls13/' : ''}${row.name}`,
    row,
  ]),
);

const argumentsOf = ({ asksForCertificate = false }: HelloRow): WrapArguments => ({
  server_side: true,
  ...(asksForCertificate ? { cert_reqs: CERT.OPTIONAL } : {}),
});

async function ask(bench: CaseBench, row: HelloRow): Promise<HelloAnswer> {
  const certificate = await bench.pki.certificate('good', row.key === undefined ? {} : { key: row.key });
  const client = await bench.pki.certificate('client-good', { key: 'rsa-2048' });
  const run: BoardRun = { certificate, args: argumentsOf(row), steps: [], stopOnError: true };
  const { said } = await talkRawTo(bench, run, async (peer) => {
    const hello = helloOf(row);
    peer.send((row.records ?? handshakeRecord)(hello));
    return await answerOf(peer, row, { hello, client });
  });
  return said;
}

async function answerOf(
  peer: RawClient,
  row: HelloRow,
  { hello, client }: { readonly hello: Buffer; readonly client: CertificateBundle },
): Promise<HelloAnswer> {
  const first = await peer.next();
  const read = typeof first === 'string' || first.type !== HandshakeType.server_hello ? null : first;
  const chosen = read === null ? null : readServerHello(read.body);
  if (read === null || chosen === null) return { says: wordOf(first) };
  const answer = {
    says: chosen.helloRetryRequest ? 'hello_retry_request' : 'server_hello',
    version: chosen.version,
    suite: chosen.cipherSuite,
    extensions: chosen.extensions.map((type) => nameOf(ExtensionType, type)).sort(),
  };
  if (chosen.version === 'TLSv1.3') return { ...answer, group: chosen.group };
  const { group, prime, signatureAlgorithms, messages } = await readServerFlight(peer);
  const served = { ...answer, group, ...(signatureAlgorithms === null ? {} : { signatureAlgorithms }) };
  if (row.afterwards === undefined) return served;
  peer.send(row.afterwards({ prime, messages: [hello, wholeOf(read), ...messages], client }));
  return { ...served, afterwards: wordOf(await peer.next()) };
}

const wordOf = (came: RawMessage | string): string =>
  typeof came === 'string' ? came : nameOf(HandshakeType, came.type);

/** The board as server, asked with ClientHellos that no TLS library sends. */
export const HELLO_CASES: readonly ConformanceCase[] = [...HELLO_ROWS].map(([id, row]) => ({
  id,
  ...(row.asksForCertificate === true ? { unavailable: needs('verify') } : {}),
  async run(bench) {
    const reason = outOfReach(bench) ?? (row.version === 'TLSv1.3' ? await needsVersion('TLSv1.3')(bench) : null);
    return reason ?? (await ask(bench, row));
  },
}));
