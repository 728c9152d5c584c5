import { createPublicKey } from 'node:crypto';
import { generate, type SelfsignedOptions } from 'selfsigned';
import { curveOf, isRsa } from '../keys/key-kind.ts';
import type { KeyPair } from '../keys/key-store.ts';
import type { AltName, CertificateDraft } from '../recipe/certificate-draft.ts';
import { canonicalAddress } from './address.ts';
import { resign } from './bends.ts';
import { schemeOf } from './build-certificate.ts';

/** GeneralName tags, which `selfsigned` takes as numbers (RFC 5280 section 4.2.1.6). */
const tags = { email: 1, dns: 2, uri: 6, ip: 7 } as const;

function altName({ type, value }: AltName) {
  return type === 'ip' ? { type: tags.ip, ip: canonicalAddress(value) } : { type: tags[type], value };
}

/** Whether the one-line path can express the draft; everything else goes through @peculiar/x509. */
export function selfsignedCanMake(draft: CertificateDraft): boolean {
  const plain = [draft.extensions, draft.nameConstraints, draft.crlUrl, draft.bends, draft.signedWith, draft.padding];
  const subject =
    draft.subject.length === 1 && draft.subject[0]?.[0] === 'CN' && /^[\w.:-]+$/.test(draft.subject[0][1]);
  const key = isRsa(draft.key.kind) || ['p-256', 'p-384', 'p-521'].includes(draft.key.kind);
  return plain.every((field) => field === undefined) && draft.ca === false && subject && key && draft.altNames !== null;
}

/**
 * The one-line path: `selfsigned` makes a certificate for our key. It draws the serial number itself, so the serial
 * of the recipe is put in and the certificate signed again: the same recipe must give the same bytes.
 */
export async function buildSelfSigned(draft: CertificateDraft, serial: string, key: KeyPair): Promise<Buffer> {
  const scheme = schemeOf(draft);
  const usages = Object.fromEntries((draft.keyUsage ?? []).map((usage) => [usage, true]));
  const extended = Object.fromEntries((draft.extendedKeyUsage ?? []).map((usage) => [usage, true]));
  const options: SelfsignedOptions = {
    algorithm: scheme.hash,
    keyPair: {
      privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      publicKey: createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }) as string,
    },
    keyType: isRsa(key.kind) ? 'rsa' : 'ec',
    curve: curveOf(key.kind)?.webCrypto as 'P-256' | undefined,
    notBeforeDate: new Date(draft.notBefore),
    notAfterDate: new Date(draft.notAfter),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      ...(draft.keyUsage === null ? [] : [{ name: 'keyUsage' as const, critical: true, ...usages }]),
      ...(draft.extendedKeyUsage === null ? [] : [{ name: 'extKeyUsage' as const, ...extended }]),
      { name: 'subjectAltName', altNames: (draft.altNames ?? []).map(altName) },
    ],
  };
  const { cert } = await generate([{ name: 'commonName', value: draft.subject[0]?.[1] }], options);
  const der = Buffer.from(cert.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return resign(der, key, scheme, { serial });
}
