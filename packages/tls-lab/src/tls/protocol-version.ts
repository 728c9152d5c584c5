/** The versions as node and openssl write them, with their numbers on the wire. */
export const ProtocolVersion = {
  SSLv3: 0x0300,
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
  DTLSv1: 0xfeff,
  'DTLSv1.2': 0xfefd,
} as const;

export type ProtocolVersion = keyof typeof ProtocolVersion;

/** The versions that a peer can speak over TCP. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
