import { createHash, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { CertificateBundle } from '../certificate-bundle.ts';

type Asn1 = forge.asn1.Asn1;
const { asn1 } = forge;
const { Class, Type } = asn1;

const OIDS = {
  data: '1.2.840.113549.1.7.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  sha1: '1.3.14.3.2.26',
} as const;

/** Few: the password is published, so that only time would be lost. */
const ITERATIONS = 100;
const MAC_KEY_ID = 3;
const SHA1_BYTES = 20;

function sequence(...parts: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts);
}

function set(...parts: Asn1[]): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, parts);
}

function oid(dotted: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(dotted).getBytes());
}

function octets(bytes: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes);
}

function integer(value: number): Asn1 {
  return asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes());
}

function explicit(content: Asn1): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [content]);
}

function bytesOf(node: Asn1): string {
  return asn1.toDer(node).getBytes();
}

function data(content: Asn1): Asn1 {
  return sequence(oid(OIDS.data), explicit(octets(bytesOf(content))));
}

/**
 * Key, leaf and intermediates as PKCS#12 (RFC 7292): the key encrypted with AES-256, the certificates in the open, a
 * SHA-1 MAC over all. Written with forge's ASN.1 because forge's own `toPkcs12Asn1` takes RSA keys only.
 */
export function toPkcs12(bundle: CertificateBundle, key: KeyObject, password: string): Uint8Array {
  const keyId = createHash('sha1')
    .update(bundle.leaf.der)
    .digest('latin1' as 'binary');
  const attributes = set(sequence(oid(OIDS.localKeyId), set(octets(keyId))));
  const lock = { type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password } as const;
  const encrypted = asn1.fromDer(key.export(lock).toString('latin1'));
  const keyBag = sequence(oid(OIDS.shroudedKeyBag), explicit(encrypted), attributes);
  const certificateBags = [bundle.leaf, ...bundle.intermediates].map(({ der }, index) => {
    const value = sequence(oid(OIDS.x509Certificate), explicit(octets(Buffer.from(der).toString('latin1'))));
    return sequence(oid(OIDS.certificateBag), explicit(value), ...(index === 0 ? [attributes] : []));
  });
  const safe = sequence(data(sequence(...certificateBags)), data(sequence(keyBag)));
  const pfx = sequence(integer(3), data(safe), mac(bytesOf(safe), password));
  return new Uint8Array(Buffer.from(bytesOf(pfx), 'latin1'));
}

function mac(content: string, password: string): Asn1 {
  const salt = forge.util.createBuffer(forge.random.getBytesSync(8));
  const saltBytes = salt.bytes();
  const key = forge.pkcs12.generateKey(password, salt, MAC_KEY_ID, ITERATIONS, SHA1_BYTES);
  const hmac = forge.hmac.create();
  hmac.start('sha1', key as unknown as string);
  hmac.update(content);
  const none = asn1.create(Class.UNIVERSAL, Type.NULL, false, '');
  const digest = sequence(sequence(oid(OIDS.sha1), none), octets(hmac.getMac().getBytes()));
  return sequence(digest, octets(saltBytes), integer(ITERATIONS));
}
