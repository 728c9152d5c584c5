import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { generate, type SelfsignedOptions } from 'selfsigned';
import type { CertificateBundle } from './certificate-bundle.ts';
import type { WallClock } from './clock.ts';
import { canonicalAddress } from './encode/address.ts';
import { CertgenError } from './errors.ts';
import type { KeyKind } from './keys/key-kind.ts';
import { derOf } from './pem.ts';

type KeyOptions = Pick<SelfsignedOptions, 'keyType' | 'keySize' | 'curve'>;

const KEY_OPTIONS: Partial<Record<KeyKind, KeyOptions>> = {
  'rsa-2048': { keyType: 'rsa', keySize: 2048 },
  'rsa-3072': { keyType: 'rsa', keySize: 3072 },
  'rsa-4096': { keyType: 'rsa', keySize: 4096 },
  'p-256': { keyType: 'ec', curve: 'P-256' },
  'p-384': { keyType: 'ec', curve: 'P-384' },
  'p-521': { keyType: 'ec', curve: 'P-521' },
};

/** GeneralName tags, which `selfsigned` takes as numbers (RFC 5280 section 4.2.1.6). */
const DNS_TAG = 2;
const IP_TAG = 7;

/** A new key and a certificate that signs itself, exactly as the library `selfsigned` writes them. */
export async function selfSigned(host: string, key: KeyKind, clock: WallClock): Promise<CertificateBundle> {
  const options = KEY_OPTIONS[key];
  if (options === undefined) {
    const known = Object.keys(KEY_OPTIONS).join(', ');
    throw new CertgenError('BAD_REQUEST', `selfSigned makes no ${key} keys: use one of ${known}, or a profile.`);
  }
  const altName =
    isIP(host) === 0
      ? ({ type: DNS_TAG, value: host } as const)
      : ({ type: IP_TAG, ip: canonicalAddress(host) } as const);
  const made = await generate([{ name: 'commonName', value: host }], {
    ...options,
    algorithm: 'sha256',
    notBeforeDate: new Date(clock()),
    extensions: [{ name: 'subjectAltName', altNames: [altName] }],
  });
  const leaf = { pem: new X509Certificate(made.cert).toString(), der: derOf(made.cert) };
  return {
    profile: 'selfsigned',
    role: 'server',
    host,
    key: { pem: made.private, der: derOf(made.private) },
    leaf,
    intermediates: [],
    ca: leaf,
    anchors: [leaf],
    crls: [],
    chainPem: leaf.pem,
    combinedPem: `${made.private.trimEnd()}\n${leaf.pem}`,
  };
}
