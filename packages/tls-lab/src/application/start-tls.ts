/**
 * One step in the clear before TLS. `send` goes out as it is. `expect` waits: a string for a line that contains it, bytes for
 * exactly these bytes; what comes before them belongs to the step.
 */
export type PlaintextStep = { readonly send: string | Uint8Array } | { readonly expect: string | Uint8Array };

/** What is said in the clear before TLS: a known protocol, or steps of one's own. */
export type StartTls = 'smtp' | 'imap' | readonly PlaintextStep[];

type Role = 'client' | 'server';

/** STARTTLS of SMTP (RFC 3207) and IMAP (RFC 9051, section 6.2.1), as each end speaks it. */
const PROTOCOLS: Readonly<Record<Extract<StartTls, string>, Readonly<Record<Role, readonly PlaintextStep[]>>>> = {
  smtp: {
    server: [
      { send: '220 peer.test ESMTP\r\n' },
      { expect: 'EHLO' },
      { send: '250-peer.test\r\n250 STARTTLS\r\n' },
      { expect: 'STARTTLS' },
      { send: '220 2.0.0 Ready to start TLS\r\n' },
    ],
    client: [
      { expect: '220 ' },
      { send: 'EHLO client.test\r\n' },
      { expect: '250 ' },
      { send: 'STARTTLS\r\n' },
      { expect: '220 ' },
    ],
  },
  imap: {
    server: [
      { send: '* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n' },
      { expect: 'a1 STARTTLS' },
      { send: 'a1 OK Begin TLS negotiation now\r\n' },
    ],
    client: [{ expect: '* OK' }, { send: 'a1 STARTTLS\r\n' }, { expect: 'a1 OK' }],
  },
};

/** The steps of one end. Steps of one's own are what they are, whatever the role. */
export function plaintextSteps(startTls: StartTls | undefined, role: Role): readonly PlaintextStep[] {
  if (startTls === undefined) return [];
  return typeof startTls === 'string' ? PROTOCOLS[startTls][role] : startTls;
}

export function bytesOf(value: string | Uint8Array): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value);
}

/**
 * How many bytes belong to what was expected, including everything before it; null while it has not come.
 */
export function expectedEnd(buffer: Buffer, expected: string | Uint8Array): number | null {
  const at = buffer.indexOf(bytesOf(expected));
  if (at < 0) return null;
  if (typeof expected !== 'string') return at + expected.length;
  const lineEnd = buffer.indexOf('\n', at);
  return lineEnd < 0 ? null : lineEnd + 1;
}
