import type { CertificateBundle } from '@wirewrap/certgen';
import type { BoardRun, Fault, Handshake, TlsClientOptions } from '@wirewrap/tls-lab';
import type { CaseBench } from '../conformance-case.ts';
import { HOST } from '../handshake-case.ts';
import { CERT } from '../validation-cases.ts';
import type { AskedVersion } from './places.ts';

/** The board's part, and the version that both speak. */
export interface GonePart {
  readonly role: 'client' | 'server';
  readonly version: AskedVersion;
}

/** One connection of the board with a host that commits these faults, both of them with certificates. */
export type Connect = (faults: readonly Fault[], run: Pick<BoardRun, 'timeout' | 'steps'>) => Promise<Handshake>;

/** Milliseconds until the board is interrupted. A board notices a reset at once, and a time-out of 2 s within it. */
const PATIENCE_MS = 12_000;

interface Ends {
  readonly board: CertificateBundle;
  readonly host: CertificateBundle;
}

async function endsOf({ pki }: CaseBench, role: GonePart['role']): Promise<Ends> {
  const [server, client] = [await pki.certificate('good'), await pki.certificate('client-good')];
  return role === 'client' ? { board: client, host: server } : { board: server, host: client };
}

/** What the board is given: its own certificate, and as server the root of the client's where the firmware checks one. */
function boardArgs({ can }: CaseBench, { role }: GonePart, { board, host }: Ends): BoardRun['args'] {
  const own = { key: board.key.der, cert: board.leaf.der };
  if (role === 'client') return { ...own, server_hostname: HOST };
  if (!can.keywords.includes('cert_reqs')) return { ...own, server_side: true };
  return { ...own, server_side: true, cert_reqs: CERT.REQUIRED, cadata: host.ca.der };
}

/**
 * Connects again and again, in turn with a host that goes and one that does not. The connection is made as both ends with a
 * certificate, so that every message of the handshake is there.
 */
export async function connector(bench: CaseBench, part: GonePart): Promise<Connect> {
  const ends = await endsOf(bench, part.role);
  const args = boardArgs(bench, part, ends);
  const versions = { minVersion: part.version, maxVersion: part.version };
  return async (faults, given) => {
    const run: BoardRun = { ...given, args, deadlineMs: PATIENCE_MS };
    const behaviour = { ...versions, faults };
    if (part.role === 'client') {
      const asking = { clientCertificate: 'request', ca: ends.board.ca.pem } as const;
      return await bench.tls.connect({ ...behaviour, ...asking, certificate: ends.host }, run);
    }
    const client: TlsClientOptions = { ...behaviour, certificate: ends.host };
    return await bench.tls.serve(run, client);
  };
}
