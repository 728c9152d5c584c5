import forge from 'node-forge';
import type { KeyPair } from '../keys/key-store.ts';
import { ignored } from '../log.ts';
import type { BendName } from '../recipe/bend-name.ts';
import { type SignatureScheme, signBytes } from './sign.ts';

type Asn1 = forge.asn1.Asn1;
const { asn1 } = forge;

/** A certificate taken apart by forge: what is bent in `tbs` is signed again, what is bent in `signature` is not. */
interface Parts {
  readonly tbs: Asn1;
  readonly algorithm: Asn1;
  readonly signature: Asn1;
  scheme: SignatureScheme;
}

interface Bend {
  /** Changes the part that is signed; the signature is made again afterwards. */
  readonly tbs?: (parts: Parts) => void;
  /** Changes what is after signing. */
  readonly outer?: (parts: Parts) => void;
  /** Changes the finished bytes. */
  readonly bytes?: (der: Buffer) => Buffer;
}

/** Places in TBSCertificate (RFC 5280 section 4.1). */
const FIELD = {
  version: 0,
  serial: 1,
  signature: 2,
  issuer: 3,
  validity: 4,
  subject: 5,
  spki: 6,
  extensions: 7,
} as const;

const MD5_WITH_RSA = '1.2.840.113549.1.1.4';
const SHA384_WITH_RSA = '1.2.840.113549.1.1.12';
const ECDSA_WITH_SHA384 = '1.2.840.10045.4.3.3';

const BENDS: Readonly<Record<BendName, Bend>> = {
  'break-signature': {
    outer({ signature }) {
      // The last byte: the DER of an ECDSA signature stays well formed, only the number is another.
      const bytes = Buffer.from(signature.value as string, 'latin1');
      bytes[bytes.length - 1] = bytes.readUInt8(bytes.length - 1) ^ 0x01;
      signature.value = bytes.toString('latin1');
    },
  },
  // Names are written with the letters NUL so that a recipe stays printable.
  'nul-in-names': { tbs: ({ tbs }) => replaceInStrings(tbs, '<NUL>', '\0') },
  'utf8-in-names': { tbs: ({ tbs }) => replaceInStrings(tbs, '<U+FC>', Buffer.from('ü').toString('latin1')) },
  'md5-signature': {
    tbs(parts) {
      setOid(at(parts.tbs, FIELD.signature), MD5_WITH_RSA);
      setOid(parts.algorithm, MD5_WITH_RSA);
      parts.scheme = { hash: 'md5', padding: 'pkcs1' };
    },
  },
  // RFC 5280 section 4.1.1.2: both algorithm identifiers must be the same.
  'signature-algorithm-mismatch': {
    outer({ algorithm }) {
      const [oid] = children(algorithm);
      const ecdsa = asn1.derToOid(String(oid?.value)).startsWith('1.2.840.10045');
      setOid(algorithm, ecdsa ? ECDSA_WITH_SHA384 : SHA384_WITH_RSA);
    },
  },
  'version-1': {
    tbs({ tbs }) {
      children(tbs).splice(FIELD.extensions, 1);
      children(tbs).splice(FIELD.version, 1);
    },
  },
  // RFC 5280 section 4.1: Extensions is SIZE (1..MAX); @peculiar/x509 writes an empty list.
  'without-extensions': { tbs: ({ tbs }) => children(tbs).splice(FIELD.extensions, 1) },
  // RFC 5280 section 4.1.2.5.1: UTCTime must include seconds.
  'utc-time-without-seconds': {
    tbs({ tbs }) {
      for (const time of children(at(tbs, FIELD.validity))) time.value = String(time.value).replace(/\d\dZ$/, 'Z');
    },
  },
  // RFC 5280 section 4.1.2.5: until 2049 a time must be UTCTime.
  'generalized-time': {
    tbs({ tbs }) {
      for (const time of children(at(tbs, FIELD.validity))) {
        if (time.type === asn1.Type.GENERALIZEDTIME) continue;
        time.type = asn1.Type.GENERALIZEDTIME;
        time.value = `20${time.value}`;
      }
    },
  },
  'trailing-byte': { bytes: (der) => Buffer.concat([der, Buffer.of(0)]) },
  'negative-serial': { tbs: ({ tbs }) => setValue(at(tbs, FIELD.serial), '\x80\x01') },
  'duplicate-extension': {
    tbs({ tbs }) {
      const list = children(at(at(tbs, FIELD.extensions), 0));
      const last = list.at(-1);
      if (last !== undefined) list.push(last);
    },
  },
};

/** Takes the certificate apart, bends it in the given order, signs again where the signed part changed. */
export function applyBends(
  der: Buffer,
  names: readonly BendName[],
  signingKey: KeyPair,
  scheme: SignatureScheme,
): Buffer {
  return bend(
    der,
    names.map((name) => BENDS[name]),
    signingKey,
    scheme,
  );
}

function bend(der: Buffer, chosen: readonly Bend[], signingKey: KeyPair, scheme: SignatureScheme): Buffer {
  // Bit strings stay bytes: forge would read a public key as nested DER.
  const certificate = asn1.fromDer(der.toString('latin1'), { decodeBitStrings: false } as unknown as boolean);
  const [tbs, algorithm, signature] = children(certificate) as [Asn1, Asn1, Asn1];
  const parts: Parts = { tbs, algorithm, signature, scheme };
  for (const { tbs: change } of chosen) change?.(parts);
  if (chosen.some((one) => one.tbs !== undefined)) {
    // A BIT STRING starts with the count of unused bits.
    const signed = signBytes(signingKey, parts.scheme, toDer(tbs));
    setValue(signature, `\0${signed.toString('latin1')}`);
  }
  for (const { outer } of chosen) outer?.(parts);
  return chosen.reduce((bytes, one) => one.bytes?.(bytes) ?? bytes, toDer(certificate));
}

function toDer(node: Asn1): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

function children(node: Asn1): Asn1[] {
  return node.value as Asn1[];
}

function at(node: Asn1, index: number): Asn1 {
  return children(node)[index] as Asn1;
}

function setValue(node: Asn1, value: string): void {
  node.value = value;
}

function setOid(algorithmIdentifier: Asn1, oid: string): void {
  setValue(at(algorithmIdentifier, 0), asn1.oidToDer(oid).getBytes());
}

/** Replaces in every primitive value, at any depth; extension values are OCTET STRINGs whose lengths change with it. */
function replaceInStrings(node: Asn1, from: string, to: string): void {
  if (Array.isArray(node.value)) for (const child of children(node)) replaceInStrings(child, from, to);
  else if (String(node.value).includes(from)) setValue(node, replaceInside(String(node.value), from, to));
}

function replaceInside(value: string, from: string, to: string): string {
  try {
    const nested = asn1.fromDer(value);
    replaceInStrings(nested, from, to);
    return asn1.toDer(nested).getBytes();
  } catch (error) {
    ignored('reading a string as nested DER')(error);
    return value.replaceAll(from, to);
  }
}
