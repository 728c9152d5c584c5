import type { PROFILES } from '@wirewrap/certgen';
import { type BoardRun, type ClientHello, fingerprintsOf } from '@wirewrap/tls-lab';
import {
  completed,
  EVERY_SUITE,
  goodCertificate,
  measure,
  type ProbeBench,
  readingSteps,
  VERSIONS,
} from './probe-bench.ts';
import type { RoleReport, ValidationReport } from './probe-report.ts';

/** Profiles whose certificate a careful client refuses, and the two that it accepts. */
const JUDGED = [
  'good',
  'with-intermediate',
  'self-signed',
  'expired',
  'not-yet-valid',
  'wrong-host',
  'untrusted-ca',
  'missing-intermediate',
] as const satisfies readonly (keyof typeof PROFILES | string)[];

/** IANA TLS ExtensionType. */
const SESSION_TICKET = 35;
/** Plain bytes in a record: the protocol's limit, then what boards with small buffers take. */
const RECORD_SIZES = [16_384, 8_192, 4_096, 2_048, 1_024, 512] as const;

/** What the board can do as a TLS client. */
export async function probeClient(bench: ProbeBench): Promise<RoleReport & { readonly accepts: ValidationReport }> {
  const { lab, pki, onProgress } = bench;
  onProgress('client: ClientHello');
  const p256 = await goodCertificate(pki, 'p-256');
  const rsa = await goodCertificate(pki, 'rsa-2048');
  const named: BoardRun = { args: { server_hostname: p256.host } };
  const hello = (await lab.connect({ certificate: p256 }, named)).wire?.clientHello ?? null;
  const accepted: string[] = [];
  for (const version of VERSIONS) {
    onProgress(`client: ${version}`);
    const behaviour = { certificate: p256, minVersion: version, maxVersion: version, ciphers: EVERY_SUITE };
    if (completed(await lab.connect(behaviour, named))) accepted.push(version);
  }
  onProgress('client: record sizes');
  const largestRecordRead = await probeRecords(bench);
  onProgress('client: milliseconds and heap');
  const costs = {
    rsa2048: await measure((steps) =>
      lab.connect({ certificate: rsa }, { args: { server_hostname: rsa.host }, steps }),
    ),
    p256: await measure((steps) => lab.connect({ certificate: p256 }, { ...named, steps })),
  };
  return {
    versions: accepted,
    ...offers(hello),
    largestRecordRead,
    costs,
    accepts: await probeValidation(bench),
  };
}

function offers(hello: ClientHello | null) {
  return {
    cipherSuites: hello?.cipherSuites.map(({ name }) => name) ?? [],
    groups: hello?.groups.map(({ name }) => name) ?? [],
    signatureAlgorithms: hello?.signatureAlgorithms.map(({ name }) => name) ?? [],
    serverNameIndication: hello ? hello.serverName !== null : null,
    alpn: hello?.alpn ?? null,
    extensions: hello?.extensions ?? [],
    fingerprints: hello ? fingerprintsOf(hello) : null,
    sessionTickets: hello?.extensions.includes(SESSION_TICKET) ?? false,
  };
}

/** The largest of the sizes that the board reads in one record. */
async function probeRecords({ lab, pki }: ProbeBench): Promise<number | null> {
  const certificate = await goodCertificate(pki, 'p-256');
  for (const size of RECORD_SIZES) {
    const body = new Uint8Array(size).fill(0x61);
    const steps = readingSteps(size);
    const { board } = await lab.connect({ certificate, application: { send: body, afterwards: 'close' } }, { steps });
    if (board.completed && board.steps[0]?.value === size) return size;
  }
  return null;
}

async function probeValidation({ lab, pki, onProgress }: ProbeBench): Promise<ValidationReport> {
  const byDefault: string[] = [];
  const withCertRequired: string[] = [];
  for (const profile of JUDGED) {
    onProgress(`client: certificate ${profile}`);
    const certificate = await pki.certificate(profile);
    const name = { server_hostname: certificate.host };
    if (completed(await lab.connect({ certificate }, { args: name }))) byDefault.push(profile);
    const required = { ...name, cert_reqs: { constant: 'CERT_REQUIRED' } as const, cadata: certificate.ca.der };
    if (completed(await lab.connect({ certificate }, { args: required }))) withCertRequired.push(profile);
  }
  return { byDefault, withCertRequired, certRequired: withCertRequired.length > 0 };
}
