import type { Claim } from '../claim/claim.ts';
import type { Pattern } from '../claim/pattern.ts';

const VERIFYING = ['umqtt-simple', 'umqtt-robust', 'aiohttp', 'open-connection'] as const;

const expects: Readonly<Record<string, Pattern>> = Object.fromEntries(
  VERIFYING.flatMap((library) => [
    [`libraries/${library}/verifying/good`, { answer: 'hello\n' }],
    ...['untrusted-ca', 'expired', 'wrong-host'].map((profile) => [
      `libraries/${library}/verifying/${profile}`,
      { raises: { type: 'ValueError' } },
    ]),
  ]),
);

const SERVED: Pattern = { answer: 'hello\n', withoutCertificate: null, ended: 'None' };

const SERVERS: Readonly<Record<string, Pattern>> = {
  'libraries/start-server/server-verifying': SERVED,
  'libraries/microdot/server-verifying': SERVED,
};

const COMMON = {
  source: 'documentation',
  topic: 'libraries',
  firmware: '>=1.23',
  unless: ({ contextMethods }) => (contextMethods.length > 0 ? null : 'no ssl.SSLContext'),
  deviations: [],
} as const satisfies Partial<Claim>;

/** What the documentation of asyncio and of the libraries says of a context that they are given. */
export const LIBRARY_CLAIMS: readonly Claim[] = [
  {
    ...COMMON,
    id: 'libraries/context-is-honoured',
    role: 'client',
    statement: 'An SSLContext that umqtt, aiohttp or asyncio.open_connection is given makes the connection',
    cases: Object.keys(expects),
    expects,
  },
  {
    ...COMMON,
    id: 'libraries/server-context-is-honoured',
    role: 'server',
    statement: 'An SSLContext that asyncio.start_server or microdot is given makes its connections',
    cases: Object.keys(SERVERS),
    expects: SERVERS,
  },
];
