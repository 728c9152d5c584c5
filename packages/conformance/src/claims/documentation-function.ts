import type { Pattern } from '../claim/pattern.ts';
import type { ClaimRow } from './claim-row.ts';
import { KNOWN } from './deviations.ts';
import { COMPLETES, raises } from './expected.ts';

/** Keywords of the documented signature since 1.20 and since 1.23, and the older ones. */
const KEYWORDS = [
  { name: 'server_side', firmware: '*', deviations: [] },
  { name: 'key', firmware: '>=1.23', deviations: [] },
  { name: 'cert', firmware: '>=1.23', deviations: [] },
  { name: 'cert_reqs', firmware: '*', deviations: [KNOWN.noCertReqs] },
  { name: 'cadata', firmware: '>=1.20', deviations: [] },
  { name: 'server_hostname', firmware: '>=1.20', deviations: [] },
  { name: 'do_handshake', firmware: '>=1.15', deviations: [] },
  { name: 'keyfile', firmware: '<1.23', deviations: [KNOWN.noKeyfile] },
  { name: 'certfile', firmware: '<1.23', deviations: [KNOWN.noCertfile] },
  { name: 'ca_certs', firmware: '<1.20', deviations: [KNOWN.noCaCerts] },
] as const satisfies readonly { name: string; firmware: string; deviations: ClaimRow['deviations'] }[];

/** What an argument in its place is refused with. */
const invalid = (text: RegExp): Pattern => ({ raises: { type: 'ValueError', text } });

/** The arguments of `ssl.wrap_socket` in the documentation. */
export const FUNCTION_ROWS: readonly ClaimRow[] = [
  ...KEYWORDS.map(
    ({ name, firmware, deviations }): ClaimRow => ({
      id: `keyword/${name}`,
      topic: `keyword ${name}`,
      role: 'both',
      firmware,
      statement: `wrap_socket takes the keyword ${name}`,
      expects: { [`signature/keyword/${name}`]: 'accepted' },
      deviations,
    }),
  ),
  {
    id: 'only-sock-required',
    topic: 'arguments',
    role: 'client',
    statement: 'Only sock must be given',
    expects: { 'signature/no-arguments': 'TypeError', 'client/default/good': COMPLETES },
  },
  {
    id: 'positional',
    topic: 'arguments by position',
    role: 'client',
    firmware: '>=1.20',
    statement: 'The signature has no star: the options can be given by position',
    expects: {
      'signature/position/key': invalid(/key/),
      'signature/position/cert_reqs': invalid(/server_hostname/),
      'signature/position/cadata': invalid(/cert/),
      'signature/position/server_hostname': raises('TypeError'),
      'signature/position/do_handshake': 'SSLSocket',
    },
    deviations: [KNOWN.noPositional],
  },
  {
    id: 'stream-needed',
    topic: 'arguments',
    role: 'client',
    statement: 'sock must be a stream',
    expects: { 'signature/not-a-stream': raises('OSError') },
  },
  {
    id: 'may-refuse-keywords',
    topic: 'arguments',
    role: 'both',
    statement: 'A port may refuse some or all keyword arguments',
    expects: { 'signature/keyword/ssl_version': raises('TypeError') },
  },
];
