import { createECDH, randomBytes } from 'node:crypto';
import type { CertificateBundle } from '@wirewrap/certgen';
import { ExtensionType } from '@wirewrap/tls-lab';
import { clientHello, longExtension, type WrongLength } from '../raw/client-messages.ts';
import { extension, sixteen, vector } from '../raw/server-messages.ts';
import type { ServerFlight } from './server-flight.ts';

/** What a careful server does with a ClientHello. */
export type CarefulServer = 'serves' | 'refuses' | 'either';

/** An extension by its number, with its data; `long` says in its length how many bytes more there were. */
export interface HelloExtension {
  readonly type: number;
  readonly data: Uint8Array;
  readonly long?: number;
}

/** What there is to make an answer to a server's first flight of. */
export interface ToAnswer {
  /** Of DHE. */
  readonly prime: ServerFlight['prime'];
  /** Every message so far, the ClientHello first. */
  readonly messages: readonly Buffer[];
  /** What the client may present, with a key of RSA. */
  readonly client: CertificateBundle;
}

/** A ClientHello that a server is asked with, as a row of a table. */
export interface HelloRow {
  readonly name: string;
  readonly version: 'TLSv1.2' | 'TLSv1.3';
  /** What is sent, in words. */
  readonly does: string;
  readonly careful: CarefulServer;
  readonly why: string;
  readonly key?: 'rsa-2048';
  readonly cipherSuites?: readonly number[];
  /** In place of those of the same type, behind all others. */
  readonly extensions?: readonly HelloExtension[];
  /** Types of extensions that are left out although every hello has them. */
  readonly without?: readonly number[];
  /** Of its compression methods; null compression alone where there is none. */
  readonly compression?: Uint8Array;
  readonly wrongLength?: WrongLength;
  /** The board asks for a client's certificate and takes any. */
  readonly asksForCertificate?: boolean;
  /** The records that the hello is sent in; one where it is left out. */
  readonly records?: (hello: Uint8Array) => Uint8Array;
  /** What is sent after the server's first flight, in TLS 1.2: whole records. */
  readonly afterwards?: (sofar: ToAnswer) => Uint8Array;
  /** Whether a value in which the board served is right; without it serving is enough. */
  readonly right?: (value: HelloAnswer) => boolean;
}

/** What the board said, by its first message and, where it served, what it chose. */
export interface HelloAnswer {
  /** `server_hello`, `hello_retry_request`, `alert 50 decode_error`, `the end`, `silence`. */
  readonly says: string;
  readonly version?: string;
  readonly suite?: string;
  /** Of ECDHE or the key share; `prime of 2048 bits` of DHE. */
  readonly group?: string | null;
  /** Of the ServerHello, sorted. */
  readonly extensions?: readonly string[];
  /** Of its CertificateRequest, as it orders them. */
  readonly signatureAlgorithms?: readonly string[];
  /** What came after the bytes of the row. */
  readonly afterwards?: string;
}

const list16 = (...numbers: readonly number[]): Buffer => vector(2, ...numbers.map(sixteen));

export const groups = (...numbers: readonly number[]): HelloExtension => ({
  type: ExtensionType.supported_groups,
  data: list16(...numbers),
});

/** A share of a real key on P-256, and others as their bytes. */
export const keyShares = (...shares: readonly (readonly [group: number, key: Uint8Array])[]): HelloExtension => ({
  type: ExtensionType.key_share,
  data: vector(2, ...shares.map(([group, key]) => Buffer.concat([sixteen(group), vector(2, key)]))),
});

export const P256 = 23;
export const p256Share = (): Buffer => createECDH('prime256v1').generateKeys();

/** One key for all: nobody goes on with it. */
const SHARE = p256Share();

const base = (version: HelloRow['version']): readonly HelloExtension[] => [
  groups(P256, 24),
  // ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384, rsa_pss_rsae_sha256, rsa_pkcs1_sha256
  { type: ExtensionType.signature_algorithms, data: list16(0x0403, 0x0503, 0x0804, 0x0401) },
  ...(version === 'TLSv1.2'
    ? [{ type: ExtensionType.ec_point_formats, data: Buffer.from([1, 0]) }]
    : [{ type: ExtensionType.supported_versions, data: vector(1, sixteen(0x0304)) }, keyShares([P256, SHARE])]),
];

/** ECDHE with AES-128-GCM and with AES-128-CBC, for both kinds of key; the suites of TLS 1.3. */
const SUITES = { 'TLSv1.2': [0xc02b, 0xc023, 0xc02f, 0xc027, 0x00ff], 'TLSv1.3': [0x1301, 0x1302] } as const;

/** The message, made anew for each connection. */
export function helloOf(
  { version, cipherSuites, extensions = [], without = [], compression, wrongLength }: HelloRow,
  randomOf: (length: number) => Buffer = randomBytes,
): Buffer {
  const own = new Set([...without, ...extensions.map(({ type }) => type)]);
  const all = [...base(version).filter(({ type }) => !own.has(type)), ...extensions];
  return clientHello({
    random: randomOf(32),
    sessionId: version === 'TLSv1.3' ? randomOf(32) : Buffer.alloc(0),
    cipherSuites: cipherSuites ?? SUITES[version],
    extensions: all.map(({ type, data, long = 0 }) =>
      long === 0 ? extension(type, data) : longExtension(type, data, long),
    ),
    ...(compression === undefined ? {} : { compression }),
    ...(wrongLength === undefined ? {} : { wrongLength }),
  });
}
