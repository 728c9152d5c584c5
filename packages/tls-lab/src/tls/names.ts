import { AlertDescription } from './alert-description.ts';
import cipherSuites from './cipher-suites.json' with { type: 'json' };
import { ContentType } from './content-type.ts';
import { HandshakeType } from './handshake-type.ts';
import { ProtocolVersion } from './protocol-version.ts';

const CIPHER_SUITES: Readonly<Record<string, string>> = cipherSuites;

const isGrease = (number: number): boolean => (number & 0x0f0f) === 0x0a0a && number >> 8 === (number & 0xff);

const hex16 = (number: number): string => `0x${number.toString(16).toUpperCase().padStart(4, '0')}`;

/** IANA "TLS Supported Groups". */
const GROUPS: Readonly<Record<number, string>> = {
  1: 'sect163k1',
  2: 'sect163r1',
  3: 'sect163r2',
  4: 'sect193r1',
  5: 'sect193r2',
  6: 'sect233k1',
  7: 'sect233r1',
  8: 'sect239k1',
  9: 'sect283k1',
  10: 'sect283r1',
  11: 'sect409k1',
  12: 'sect409r1',
  13: 'sect571k1',
  14: 'sect571r1',
  15: 'secp160k1',
  16: 'secp160r1',
  17: 'secp160r2',
  18: 'secp192k1',
  19: 'secp192r1',
  20: 'secp224k1',
  21: 'secp224r1',
  22: 'secp256k1',
  23: 'secp256r1',
  24: 'secp384r1',
  25: 'secp521r1',
  26: 'brainpoolP256r1',
  27: 'brainpoolP384r1',
  28: 'brainpoolP512r1',
  29: 'x25519',
  30: 'x448',
  31: 'brainpoolP256r1tls13',
  32: 'brainpoolP384r1tls13',
  33: 'brainpoolP512r1tls13',
  41: 'curveSM2',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  258: 'ffdhe4096',
  259: 'ffdhe6144',
  260: 'ffdhe8192',
  512: 'MLKEM512',
  513: 'MLKEM768',
  514: 'MLKEM1024',
  4587: 'SecP256r1MLKEM768',
  4588: 'X25519MLKEM768',
  4589: 'SecP384r1MLKEM1024',
};

/** IANA "TLS SignatureScheme"; the older pairs of hash and signature have the names of RFC 5246 put together. */
const SIGNATURE_SCHEMES: Readonly<Record<number, string>> = {
  257: 'rsa_md5',
  259: 'ecdsa_md5',
  513: 'rsa_pkcs1_sha1',
  514: 'dsa_sha1',
  515: 'ecdsa_sha1',
  769: 'rsa_sha224',
  770: 'dsa_sha224',
  771: 'ecdsa_sha224',
  1025: 'rsa_pkcs1_sha256',
  1026: 'dsa_sha256',
  1027: 'ecdsa_secp256r1_sha256',
  1281: 'rsa_pkcs1_sha384',
  1282: 'dsa_sha384',
  1283: 'ecdsa_secp384r1_sha384',
  1537: 'rsa_pkcs1_sha512',
  1538: 'dsa_sha512',
  1539: 'ecdsa_secp521r1_sha512',
  1800: 'sm2sig_sm3',
  2052: 'rsa_pss_rsae_sha256',
  2053: 'rsa_pss_rsae_sha384',
  2054: 'rsa_pss_rsae_sha512',
  2055: 'ed25519',
  2056: 'ed448',
  2057: 'rsa_pss_pss_sha256',
  2058: 'rsa_pss_pss_sha384',
  2059: 'rsa_pss_pss_sha512',
  2074: 'ecdsa_brainpoolP256r1tls13_sha256',
  2075: 'ecdsa_brainpoolP384r1tls13_sha384',
  2076: 'ecdsa_brainpoolP512r1tls13_sha512',
  2308: 'mldsa44',
  2309: 'mldsa65',
  2310: 'mldsa87',
};

const byNumber = (table: Readonly<Record<string, number>>): Readonly<Record<number, string>> =>
  Object.fromEntries(Object.entries(table).map(([name, number]) => [number, name]));

const VERSIONS = byNumber(ProtocolVersion);
const CONTENT_TYPES = byNumber(ContentType);
const HANDSHAKE_TYPES = byNumber(HandshakeType);

const named = (table: Readonly<Record<number, string>>, number: number): string =>
  table[number] ?? (isGrease(number) ? 'GREASE' : hex16(number));

/** IANA name of a cipher suite, `GREASE`, or the number as `0xC02B` when it is not assigned. */
export const cipherSuiteName = (number: number): string =>
  CIPHER_SUITES[hex16(number)] ?? (isGrease(number) ? 'GREASE' : hex16(number));
/**
 * IANA name of a group, `GREASE`, or the number as `0x01FF` when it is not assigned.
 *
 * @example groupName(23); // 'secp256r1'
 */
export const groupName = (number: number): string => named(GROUPS, number);
/**
 * IANA name of a signature algorithm, `GREASE`, or the number as `0x0B0B` when it is not assigned.
 *
 * @example signatureSchemeName(0x0403); // 'ecdsa_secp256r1_sha256'
 */
export const signatureSchemeName = (number: number): string => named(SIGNATURE_SCHEMES, number);
/** `TLSv1.2` for 0x0303. */
export const versionName = (number: number): string => named(VERSIONS, number);
export const contentTypeName = (number: number): string => CONTENT_TYPES[number] ?? `type_${number}`;
export const handshakeTypeName = (number: number): string => HANDSHAKE_TYPES[number] ?? `type_${number}`;

/** Every name that a transcript may hold, for those who compare with it: what is not here can only be a slip. */
export const TLS_NAMES: {
  readonly versions: readonly string[];
  readonly cipherSuites: readonly string[];
  readonly groups: readonly string[];
  readonly signatures: readonly string[];
  readonly alerts: readonly string[];
} = {
  versions: Object.values(VERSIONS),
  cipherSuites: Object.values(CIPHER_SUITES),
  groups: Object.values(GROUPS),
  signatures: Object.values(SIGNATURE_SCHEMES),
  alerts: Object.keys(AlertDescription),
} as const;
