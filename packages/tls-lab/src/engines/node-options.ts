import type { SecureContextOptions } from 'node:tls';
import type { PeerBehaviour } from '../behaviour/tls-peer.ts';
import type { TlsVersion } from '../tls/protocol-version.ts';

const VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** The options that node:tls shares between both roles. */
export function secureContextOptions(behaviour: PeerBehaviour): SecureContextOptions {
  const { minVersion, maxVersion } = versionRange(behaviour);
  // OpenSSL 3 allows TLS 1.0 and 1.1 only at security level 0.
  const old = VERSIONS.indexOf(minVersion) < 2;
  const ciphers = behaviour.ciphers ?? (old ? 'DEFAULT@SECLEVEL=0' : undefined);
  return {
    minVersion,
    maxVersion,
    // Never the system roots: their names would fill a CertificateRequest with 12 KB.
    ca: behaviour.ca ?? [],
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(behaviour.groups === undefined ? {} : { ecdhCurve: behaviour.groups }),
  };
}

/** Default TLS 1.2 to 1.3; a single bound moves the other one when they would cross. */
export function versionRange({ minVersion, maxVersion }: PeerBehaviour): {
  minVersion: TlsVersion;
  maxVersion: TlsVersion;
} {
  const older = (a: TlsVersion, b: TlsVersion) => (VERSIONS.indexOf(a) < VERSIONS.indexOf(b) ? a : b);
  const max = maxVersion ?? 'TLSv1.3';
  return { minVersion: minVersion ?? older('TLSv1.2', max), maxVersion: max };
}
