import { X509Certificate } from 'node:crypto';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase, HOST, type Parties } from './handshake-case.ts';
import { needs } from './needs.ts';
import { CERT } from './validation-cases.ts';

const checked =
  (name: string | null) =>
  ({ bundle }: Parties) => ({
    cert_reqs: CERT.REQUIRED,
    cadata: bundle.ca.der,
    ...(name === null ? {} : { server_hostname: name }),
  });

/** Server name indication and the name that a certificate is checked against. */
const ROWS: readonly ClientRow[] = [
  { id: 'client/sni/omitted', number: '1', profile: 'self-signed', fields: ['sni'] },
  { id: 'client/sni/name', number: '2', args: { server_hostname: 'foo.example' }, fields: ['sni'] },
  { id: 'client/sni/ip-literal', number: '3', args: { server_hostname: '127.0.0.1' }, fields: ['sni'] },
  { id: 'client/sni/empty', args: { server_hostname: '' }, fields: ['sni'] },
  { id: 'client/sni/bytes', args: { server_hostname: Buffer.from('foo.example') }, fields: ['sni'] },
  {
    id: 'client/sni/int',
    args: { server_hostname: 5 },
    canonical: ({ end, hello, error }) => ({ end, hello, type: error?.type }),
  },
  { id: 'client/sni/255-characters', args: { server_hostname: 'a'.repeat(255) }, fields: ['sni'] },
  { id: 'client/sni/300-characters', number: '4', args: { server_hostname: 'a'.repeat(300) }, fields: ['sni'] },
  { id: 'client/sni/upper-case', args: { server_hostname: 'FOO.Example' }, fields: ['sni'] },
  ...(['ssl', 'tls'] as const).map(
    (module): ClientRow => ({
      id: `client/${module === 'ssl' ? '' : 'tls-'}context/sni`,
      number: '2',
      api: `${module}.SSLContext`,
      unavailable: needs(module === 'ssl' ? 'context' : 'tlsModule'),
      args: { server_hostname: 'foo.example', cert_reqs: CERT.NONE },
      fields: ['sni'],
    }),
  ),
  { id: 'client/sni/none-is-none', args: { server_hostname: null }, fields: ['sni'] },
  {
    id: 'client/virtual-host/first',
    args: ({ bundle }) => ({ server_hostname: bundle.host }),
    server: virtualHosts,
    canonical: presented,
  },
  {
    id: 'client/virtual-host/second',
    args: { server_hostname: 'second.test' },
    server: virtualHosts,
    canonical: presented,
  },
  {
    id: 'client/virtual-host/second-trusted',
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der, server_hostname: 'second.test' }),
    server: virtualHosts,
    fields: ['sni'],
  },
  {
    id: 'client/virtual-host/unknown-name',
    args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, cadata: bundle.ca.der, server_hostname: 'third.test' }),
    server: virtualHosts,
    fields: ['sni'],
  },
  { id: 'client/name/right', number: '13', args: checked(HOST) },
  { id: 'client/name/other', number: '13', args: checked('other.example') },
  { id: 'client/name/omitted', number: '11', args: checked(null) },
  { id: 'client/name/omitted-wrong-host', number: '11', profile: 'wrong-host', args: checked(null) },
  { id: 'client/name/empty', args: checked('') },
  { id: 'client/name/upper-case', number: '13e', args: checked(HOST.toUpperCase()) },
  { id: 'client/name/trailing-dot', args: checked(`${HOST}.`) },
  { id: 'client/name/ip-of-ip-san', number: '17', profile: 'ip-san', args: checked('127.0.0.1') },
  { id: 'client/name/wildcard', number: '13d', certificate: { host: '*.board.test' }, args: checked('a.board.test') },
  {
    id: 'client/name/wildcard-two-levels',
    number: '13d',
    certificate: { host: '*.board.test' },
    args: checked('a.b.board.test'),
  },
  {
    id: 'client/name/wildcard-bare',
    number: '13d',
    certificate: { host: '*.board.test' },
    args: checked('board.test'),
  },
];

/** Which certificate the server chose. */
function presented(...[value, { wire }]: Parameters<NonNullable<ClientRow['canonical']>>): unknown {
  const leaf = wire?.peerCertificates[0];
  const names = leaf === undefined ? null : (new X509Certificate(leaf).subjectAltName ?? null);
  return { ...value, certificate: names?.replace(/^DNS:/, '') ?? null };
}

async function virtualHosts(parties: Parties) {
  return { certificatesByName: { 'second.test': await parties.certificate('good', { host: 'second.test' }) } };
}

export const NAME_CASES: readonly ConformanceCase[] = ROWS.map(clientCase);
