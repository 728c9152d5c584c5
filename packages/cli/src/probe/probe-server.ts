import type { CertificateBundle } from '@wirewrap/certgen';
import type { TlsClientOptions } from '@wirewrap/tls-lab';
import { opensslName } from './openssl-name.ts';
import {
  completed,
  EVERY_SUITE,
  goodCertificate,
  measure,
  type ProbeBench,
  readingSteps,
  VERSIONS,
} from './probe-bench.ts';
import type { RoleReport } from './probe-report.ts';

/** OpenSSL's names of the groups that a client could offer, with IANA's. */
const GROUPS = [
  ['X25519', 'x25519'],
  ['prime256v1', 'secp256r1'],
  ['secp384r1', 'secp384r1'],
  ['secp521r1', 'secp521r1'],
  ['X448', 'x448'],
  ['brainpoolP256r1', 'brainpoolP256r1'],
] as const;

/** More suites than any firmware has; a board that always finds another one is a bug of the probe. */
const MOST_SUITES = 60;
const NEW_SESSION_TICKET = 4;

/** What the board can do as a TLS server. */
export async function probeServer(bench: ProbeBench): Promise<RoleReport> {
  const { lab, pki, onProgress } = bench;
  const p256 = await goodCertificate(pki, 'p-256');
  const rsa = await goodCertificate(pki, 'rsa-2048');
  const serve = (certificate: CertificateBundle, client: TlsClientOptions = {}) => lab.serve({ certificate }, client);
  const accepted: string[] = [];
  for (const version of VERSIONS) {
    onProgress(`server: ${version}`);
    const client = { minVersion: version, maxVersion: version, ciphers: EVERY_SUITE };
    if (completed(await serve(p256, client))) accepted.push(version);
  }
  const cipherSuites = [...(await listSuites(bench, p256)), ...(await listSuites(bench, rsa))];
  const taken: string[] = [];
  for (const [openssl, iana] of GROUPS) {
    onProgress(`server: group ${iana}`);
    if (completed(await serve(p256, { groups: openssl }))) taken.push(iana);
  }
  onProgress('server: milliseconds and heap');
  const last = await serve(p256);
  const signatures = [last, await serve(rsa)].flatMap(({ wire }) => wire?.negotiated?.signature ?? []);
  const cost = (certificate: CertificateBundle) => measure((steps) => lab.serve({ certificate, steps }));
  const costs = { rsa2048: await cost(rsa), p256: await cost(p256) };
  return {
    versions: accepted,
    cipherSuites: [...new Set(cipherSuites)],
    groups: taken,
    signatureAlgorithms: [...new Set(signatures)],
    serverNameIndication: null,
    alpn: null,
    sessionTickets: last.wire?.messages.some(({ type }) => type === NEW_SESSION_TICKET) ?? false,
    largestRecordRead: await probeRecords(bench, p256),
    costs,
  };
}

/** Suites of TLS 1.2 in the server's order: the chosen one is left out of the next offer, until none is left. */
async function listSuites({ lab, onProgress, signal }: ProbeBench, certificate: CertificateBundle): Promise<string[]> {
  const found: string[] = [];
  let without = '';
  while (found.length < MOST_SUITES && !signal.aborted) {
    onProgress(`server: cipher suites, ${found.length} found`);
    const ciphers = EVERY_SUITE.replace('@', `${without}@`);
    const { wire } = await lab.serve({ certificate }, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers });
    const suite = wire?.handshakeCompleted ? wire.negotiated?.cipherSuite : undefined;
    if (!suite || found.includes(suite)) break;
    found.push(suite);
    without += `:!${opensslName(suite)}`;
  }
  return found;
}

/** What the board reads of one large record that the client sends. */
async function probeRecords({ lab }: ProbeBench, certificate: CertificateBundle): Promise<number | null> {
  for (const size of [16_384, 4_096, 512]) {
    const run = { certificate, steps: readingSteps(size) };
    const send = new Uint8Array(size).fill(0x61);
    const { board } = await lab.serve(run, { application: { send, afterwards: 'close' } });
    if (board.completed && board.steps[0]?.value === size) return size;
  }
  return null;
}
