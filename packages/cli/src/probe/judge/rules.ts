import type { Rule } from './judgement.ts';

/**
 * RFC 9325 (BCP 195) replaced RFC 7525; RFC 8996 is its other half. The sections were read in the editors' source of RFC 9325
 * (github.com/yaronf/I-D, BCP195bis).
 */
export const VERSION_RULES: readonly Rule[] = [
  { names: /^TLSv1(\.1)?$/, mark: 'bad', reason: 'RFC 8996 forbids TLS 1.0 and 1.1' },
  { names: /^TLSv1\.2$/, mark: 'good', reason: 'RFC 9325 3.1.1 requires it' },
  { names: /^TLSv1\.3$/, mark: 'good', reason: 'RFC 9325 3.1.1 prefers it' },
];

export const SUITE_RULES: readonly Rule[] = [
  { names: /_SCSV$/, mark: 'good', reason: 'a signal, not a suite (RFC 5746, RFC 7507)' },
  { names: /NULL/, mark: 'bad', reason: 'no encryption (RFC 9325 4.1)' },
  { names: /EXPORT/, mark: 'bad', reason: 'export-grade: 40 or 56 bits of security (RFC 9325 4.1)' },
  { names: /_anon_/, mark: 'bad', reason: 'without authentication: anybody may answer' },
  { names: /RC4/, mark: 'bad', reason: 'RFC 7465 forbids RC4' },
  { names: /3DES_/, mark: 'bad', reason: 'blocks of 64 bits, and 112 bits of security where RFC 9325 4.1 wants 128' },
  { names: /DES_/, mark: 'bad', reason: 'less than 112 bits of security (RFC 9325 4.1)' },
  { names: /^TLS_RSA_/, mark: 'bad', reason: 'static RSA: no forward secrecy (RFC 9325 4.1)' },
  { names: /^TLS_(EC)?DH_/, mark: 'bad', reason: 'static Diffie-Hellman: no forward secrecy (RFC 9325 4.1)' },
  { names: /^TLS_PSK_/, mark: 'bad', reason: 'a shared key alone: no forward secrecy' },
  { names: /CCM_8/, mark: 'weak', reason: 'CCM_8: a tag of 64 bits only' },
  { names: /_CBC_/, mark: 'weak', reason: 'CBC: open to padding oracles such as Lucky 13; RFC 9325 4.2 wants AEAD' },
  { names: /^TLS_DHE_/, mark: 'weak', reason: 'Diffie-Hellman over finite fields (RFC 9325 4.1: not in TLS 1.2)' },
  { names: /^TLS_ECDHE_.*GCM/, mark: 'good', reason: 'forward secrecy and AEAD (RFC 9325 4.2)' },
  { names: /^TLS_ECDHE_.*(CHACHA20|CCM)/, mark: 'good', reason: 'forward secrecy and AEAD' },
  { names: /^TLS_(AES|CHACHA20)_/, mark: 'good', reason: 'a suite of TLS 1.3 (RFC 8446)' },
];

export const GROUP_RULES: readonly Rule[] = [
  { names: /MLKEM/, mark: 'good', reason: 'holds against quantum computers too' },
  { names: /^(x25519|x448|secp(256|384|521)r1|brainpool)/, mark: 'good', reason: 'at least 128 bits of security' },
  { names: /^secp256k1$/, mark: 'weak', reason: 'not for TLS: RFC 8422 took it out' },
  { names: /^curveSM2$/, mark: 'weak', reason: 'of RFC 8998, which the IETF does not endorse' },
  { names: /^sec[pt]/, mark: 'bad', reason: 'RFC 8422 took the small and binary curves out' },
  { names: /^ffdhe2048$/, mark: 'weak', reason: 'about 112 bits of security (RFC 9325 4.5)' },
  { names: /^ffdhe/, mark: 'good', reason: 'at least 128 bits of security' },
];

export const SIGNATURE_RULES: readonly Rule[] = [
  { names: /sha1|md5/, mark: 'bad', reason: 'RFC 9155 forbids MD5 and SHA-1 in signatures (RFC 9325 4.5)' },
  { names: /sha224|dsa_sha\d+$|^dsa/, mark: 'weak', reason: 'SHA-224 or DSA: not in RFC 8446' },
  { names: /^(ecdsa_|rsa_pss_|ed|rsa_pkcs1_|mldsa)/, mark: 'good', reason: 'SHA-256 or better' },
];

/** An extension whose presence or absence says something, by its number. */
export interface ExtensionRule {
  readonly number: number;
  readonly name: string;
  readonly present: Pick<Rule, 'mark' | 'reason'>;
  /** Left out where its absence is no loss. */
  readonly absent?: Pick<Rule, 'mark' | 'reason'>;
}

export const EXTENSION_RULES: readonly ExtensionRule[] = [
  {
    number: 0,
    name: 'server_name',
    present: { mark: 'good', reason: 'SNI (RFC 9325 3.7)' },
    absent: { mark: 'weak', reason: 'no SNI, though a name was given: shared servers cannot choose (RFC 9325 3.7)' },
  },
  {
    number: 23,
    name: 'extended_master_secret',
    present: { mark: 'good', reason: 'binds the keys to the handshake (RFC 7627)' },
    absent: { mark: 'weak', reason: 'TLS 1.2 without it is open to the triple handshake (RFC 7627, RFC 9325 3.5)' },
  },
  {
    number: 22,
    name: 'encrypt_then_mac',
    present: { mark: 'good', reason: 'makes CBC safe where the server has it (RFC 7366)' },
  },
  {
    number: 43,
    name: 'supported_versions',
    present: { mark: 'good', reason: 'TLS 1.3 is offered' },
    absent: { mark: 'weak', reason: 'no TLS 1.3 (RFC 9325 3.1.1 wants it supported)' },
  },
  { number: 15, name: 'heartbeat', present: { mark: 'bad', reason: 'of no use over TCP, and where Heartbleed was' } },
  { number: 4, name: 'truncated_hmac', present: { mark: 'bad', reason: 'RFC 9325 4.6 forbids it' } },
  {
    number: 16,
    name: 'application_layer_protocol_negotiation',
    present: { mark: 'good', reason: 'ALPN (RFC 9325 3.8)' },
  },
  { number: 1, name: 'max_fragment_length', present: { mark: 'good', reason: 'small buffers (RFC 6066)' } },
  { number: 28, name: 'record_size_limit', present: { mark: 'good', reason: 'small buffers (RFC 8449)' } },
  { number: 35, name: 'session_ticket', present: { mark: 'good', reason: 'resumes sessions (RFC 5077)' } },
];

/** Certificate profiles that a careful client accepts. */
export const GOOD_PROFILES: ReadonlySet<string> = new Set(['good', 'with-intermediate']);
