import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateBundle } from '@wirewrap/certgen';
import type { PeerBehaviour, TlsClientOptions, TlsServerOptions } from '../behaviour/tls-peer.ts';
import type { TlsVersion } from '../tls/protocol-version.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { versionRange } from './node-options.ts';

/** Whether the options ask for something that only the second engine does. */
export function needsOpenssl(options: PeerBehaviour & Partial<TlsServerOptions>): boolean {
  const { engine, psk, maxFragment, renegotiate, clientCertificate, certificatesByName = {}, tickets } = options;
  // node:tls cannot do without tickets in TLS 1.3: OpenSSL sends stateful ones in their place.
  const noTickets = tickets === false && options.transport !== 'dtls' && versionRange(options).maxVersion === 'TLSv1.3';
  if (engine === 'node' && noTickets) {
    const remedy = "leave out engine 'node' or set maxVersion 'TLSv1.2'";
    throw new TlsLabError('UNSUPPORTED', `The engine 'node' cannot leave out session tickets in TLS 1.3; ${remedy}.`);
  }
  if (engine !== undefined) return engine === 'openssl';
  if (noTickets) return true;
  // node:tls verifies the client only after the handshake and closes without an alert: the board cannot tell why.
  if (clientCertificate === 'require' && Object.keys(certificatesByName).length < 2) return true;
  return psk !== undefined || maxFragment !== undefined || renegotiate === true;
}

type NeedsTcp = PeerBehaviour & Pick<Partial<TlsServerOptions>, 'presentAnyway'>;

/** Throws `UNSUPPORTED` for what only works on a stream. */
export function needsTcp({ faults = [], renegotiate, engine, presentAnyway, startTls }: NeedsTcp): void {
  const asked = [
    ...(faults.length > 0 ? ['faults'] : []),
    ...(renegotiate ? ['renegotiate'] : []),
    ...(presentAnyway ? ['presentAnyway'] : []),
    ...(startTls === undefined ? [] : ['startTls']),
    ...(engine === 'node' ? ['engine "node"'] : []),
  ];
  if (asked.length === 0) return;
  throw new TlsLabError('UNSUPPORTED', `A DTLS peer does not do ${asked.join(', ')}; leave it out, or use TLS.`);
}

/** A folder for the keys and sockets of one peer, readable for its owner only. */
export class OpensslFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<OpensslFolder> {
    return new OpensslFolder(await mkdtemp(join(tmpdir(), 'wirewrap-openssl-')));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  async write(name: string, text: string): Promise<string> {
    await writeFile(this.file(name), text, { mode: 0o600 });
    return this.file(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** The bounds as openssl calls them: DTLS 1.0 is built on TLS 1.1, and there is no DTLS 1.3 in it. */
function protocolRange(behaviour: PeerBehaviour): { readonly minVersion: string; readonly maxVersion: string } {
  const { minVersion, maxVersion } = versionRange(behaviour);
  if (behaviour.transport !== 'dtls') return { minVersion, maxVersion };
  const named = (version: TlsVersion) => (version === 'TLSv1' || version === 'TLSv1.1' ? 'DTLSv1' : 'DTLSv1.2');
  return { minVersion: named(minVersion), maxVersion: named(maxVersion) };
}

/** Arguments that `s_server` and `s_client` share. */
async function sharedArguments(behaviour: PeerBehaviour, folder: OpensslFolder): Promise<string[]> {
  const { minVersion, maxVersion } = protocolRange(behaviour);
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1' || minVersion === 'DTLSv1';
  const ciphers = behaviour.ciphers ?? (old ? 'DEFAULT@SECLEVEL=0' : undefined);
  const { groups, alpn, psk, maxFragment, ca } = behaviour;
  return [
    ...['-min_protocol', minVersion, '-max_protocol', maxVersion],
    ...(ciphers === undefined ? [] : ['-cipher', ciphers]),
    ...(groups === undefined ? [] : ['-groups', groups]),
    ...(alpn === undefined ? [] : ['-alpn', alpn.join(',')]),
    ...(maxFragment === undefined ? [] : ['-max_send_frag', String(maxFragment)]),
    ...(psk === undefined ? [] : ['-psk_identity', psk.identity, '-psk', Buffer.from(psk.key).toString('hex')]),
    ...['-no-CAfile', '-no-CApath', '-no-CAstore'],
    ...(ca === undefined ? [] : ['-CAfile', await folder.write('ca.pem', ca)]),
  ];
}

/** Arguments of `openssl s_server`. Throws `UNSUPPORTED` for what s_server cannot do. */
export async function serverArguments(options: TlsServerOptions, folder: OpensslFolder): Promise<string[]> {
  const { certificatesByName = {}, clientCertificate = 'none', tickets = true } = options;
  const names = Object.entries(certificatesByName);
  if (names.length > 1) {
    throw new TlsLabError(
      'UNSUPPORTED',
      'openssl s_server takes one certificate by name; give one, or use engine "node".',
    );
  }
  return [
    ...(await sharedArguments(options, folder)),
    ...(await certificateArguments(options.certificate, folder)),
    ...(await Promise.all(names.map(([name, bundle]) => byName(name, bundle, folder)))).flat(),
    ...(clientCertificate === 'request' ? ['-verify', '10'] : []),
    ...(clientCertificate === 'require' ? ['-Verify', '10', '-verify_return_error'] : []),
    ...(tickets ? [] : ['-no_ticket', '-num_tickets', '0']),
  ];
}

/** Arguments of `openssl s_client`. */
export async function clientArguments(options: TlsClientOptions, folder: OpensslFolder): Promise<string[]> {
  const { serverName, certificate, verify } = options;
  return [
    ...(await sharedArguments(options, folder)),
    ...(serverName === undefined ? ['-noservername'] : ['-servername', serverName]),
    ...(certificate === undefined ? [] : await certificateArguments(certificate, folder)),
    ...(verify ? ['-verify_return_error'] : []),
    ...(verify && serverName !== undefined ? ['-verify_hostname', serverName] : []),
  ];
}

async function certificateArguments(bundle: CertificateBundle, folder: OpensslFolder): Promise<string[]> {
  const { key, leaf, intermediates } = bundle;
  const files = ['-cert', await folder.write('leaf.pem', leaf.pem), '-key', await folder.write('key.pem', key.pem)];
  if (intermediates.length === 0) return files;
  const chain = intermediates.map(({ pem }) => pem).join('\n');
  return [...files, '-cert_chain', await folder.write('chain.pem', chain)];
}

async function byName(name: string, { key, leaf }: CertificateBundle, folder: OpensslFolder): Promise<string[]> {
  const files = ['-cert2', await folder.write('leaf2.pem', leaf.pem), '-key2', await folder.write('key2.pem', key.pem)];
  return ['-servername', name, ...files];
}
