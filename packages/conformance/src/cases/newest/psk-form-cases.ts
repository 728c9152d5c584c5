import type { TlsVersion } from '@wirewrap/tls-lab';
import type { ConformanceCase } from '../conformance-case.ts';
import { type ClientRow, clientCase, type ServerRow, serverCase } from '../handshake-case.ts';
import { needs } from '../needs.ts';
import { needsOpenssl } from '../needs-openssl.ts';

const IDENTITY = 'wirewrap';
/** No UTF-8, and with a zero byte in it. */
const BINARY = Buffer.from('ff0080c3', 'hex');
const KEY = Uint8Array.from({ length: 16 }, (_, index) => 0xa0 + index);
const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const satisfies Record<string, TlsVersion>;

const unavailable: ClientRow['unavailable'] = (can) => needs('psk')(can) ?? needsOpenssl();

const PEER = { ...TLS12, engine: 'openssl', psk: { identity: IDENTITY, key: KEY } } as const;

/** Whether these bytes went over the wire from the board in the open, as an identity does. */
const sent = (
  bytes: Uint8Array,
  wire: { readonly chunks: readonly { sender: string; bytes: Uint8Array }[] } | undefined,
) =>
  wire?.chunks.some((chunk) => chunk.sender === 'board' && Buffer.from(chunk.bytes).includes(Buffer.from(bytes))) ??
  false;

/** What a client may call itself. s_server warns of another name and goes on with the key. */
const IDENTITIES: readonly { readonly name: string; readonly source: string; readonly bytes: Uint8Array }[] = [
  { name: 'str', source: `'${IDENTITY}'`, bytes: Buffer.from(IDENTITY) },
  { name: 'bytearray', source: `bytearray(b'${IDENTITY}')`, bytes: Buffer.from(IDENTITY) },
  { name: 'binary', source: 'identity', bytes: BINARY },
];

const IDENTITY_ROWS: readonly ClientRow[] = IDENTITIES.map(({ name, source, bytes }) => ({
  id: `newest/client/psk/identity-${name}`,
  api: 'tls.SSLContext',
  unavailable,
  server: PEER,
  run: {
    data: { psk: KEY, identity: BINARY },
    context: ['ctx.verify_mode = 0', `ctx.psk_identity = ${source}`, 'ctx.psk_key = psk'],
  },
  fields: ['suite'],
  canonical: (value, { wire }) => ({ ...value, identitySent: sent(bytes, wire?.wire) }),
}));

/** Only one half is set: the documentation asks for both. */
const HALF_ROWS: readonly ClientRow[] = [
  ['identity-alone', `ctx.psk_identity = b'${IDENTITY}'`],
  ['key-alone', 'ctx.psk_key = psk'],
].map(([name, line = '']) => ({
  id: `newest/client/psk/${name}`,
  api: 'tls.SSLContext',
  unavailable,
  server: TLS12,
  run: { data: { psk: KEY }, context: ['ctx.verify_mode = 0', line] },
  fields: ['suite'],
}));

/** The trap: `ssl.SSLContext` takes the attributes and tells `tls.SSLContext` nothing. A stranger's server is taken then. */
const TRAP_ROWS: readonly ClientRow[] = [
  {
    id: 'newest/client/psk/on-ssl-context',
    api: 'ssl.SSLContext',
    profile: 'self-signed',
    unavailable: (can) => needs('psk', 'context')(can),
    server: TLS12,
    run: { data: { psk: KEY }, context: [`ctx.psk_identity = b'${IDENTITY}'`, 'ctx.psk_key = psk'] },
    fields: ['suite'],
  },
];

const dictOf = (key: string): string => `{${key}: psk}`;
const lookup = (answer: string): string =>
  `class _Keys:\n    def get(self, identity):\n        return ${answer}\nctx.server_psk_keys = _Keys()`;

/** What a server may look a key up in. */
const KEYS: readonly { readonly name: string; readonly line: string }[] = [
  { name: 'callable', line: lookup(`psk if identity == b'${IDENTITY}' and type(identity) is bytes else None`) },
  { name: 'callable-none', line: lookup('None') },
  { name: 'callable-raises', line: lookup('1 // 0') },
  { name: 'callable-str', line: lookup("'psk'") },
  { name: 'dict-of-str', line: `ctx.server_psk_keys = ${dictOf(`'${IDENTITY}'`)}` },
  { name: 'no-lookup', line: 'ctx.server_psk_keys = 7' },
];

const KEY_ROWS: readonly ServerRow[] = KEYS.map(({ name, line }) => ({
  id: `newest/server/psk/${name}`,
  api: 'tls.SSLContext',
  unavailable,
  identity: false,
  client: PEER,
  run: { data: { psk: KEY }, context: [line] },
  fields: ['suite'],
}));

const SERVER_TRAP: ServerRow = {
  id: 'newest/server/psk/on-ssl-context',
  api: 'ssl.SSLContext',
  unavailable: (can) => needs('psk', 'context')(can),
  client: TLS12,
  run: { data: { psk: KEY }, context: [`ctx.server_psk_keys = ${dictOf(`b'${IDENTITY}'`)}`] },
  fields: ['suite'],
};

/** The shapes that identities and keys may have, and the attributes that do nothing. Roles client and server. */
export const PSK_FORM_CASES: readonly ConformanceCase[] = [
  ...[...IDENTITY_ROWS, ...HALF_ROWS, ...TRAP_ROWS].map(clientCase),
  ...[...KEY_ROWS, SERVER_TRAP].map(serverCase),
];
