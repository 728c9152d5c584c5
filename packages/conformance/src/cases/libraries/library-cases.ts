import type { ConformanceCase } from '../conformance-case.ts';
import { needs } from '../needs.ts';
import { type ClientLibrary, leaking, presenting, stalling, timingOut } from './client-libraries.ts';
import { believingAnybody } from './network-time.ts';
import { type ServerLibrary, serving } from './server-libraries.ts';

const MINUTES = 60_000;

const PAGE = { respond: 'HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nhello\n', when: '\r\n\r\n' } as const;

/** CONNACK of MQTT 3.1.1, accepted. */
const ACCEPTED = { send: Buffer.from('20020000', 'hex'), afterwards: 'wait' } as const;

/** What connects, each used as its documentation shows it. */
const CLIENTS: readonly ClientLibrary[] = [
  { id: 'requests', module: 'requests', use: 'requests', answer: PAGE, timed: true },
  { id: 'mip', module: 'mip', use: 'mip', answer: PAGE, timed: false },
  { id: 'umqtt-simple', module: 'umqtt.simple', use: 'umqtt.simple', answer: ACCEPTED, timed: true },
  { id: 'umqtt-robust', module: 'umqtt.robust', use: 'umqtt.robust', answer: ACCEPTED, timed: true },
  { id: 'aiohttp', module: 'aiohttp', use: 'aiohttp', answer: PAGE, timed: true },
  { id: 'open-connection', module: null, use: 'asyncio.open_connection', answer: PAGE, timed: true },
];

const SERVERS: readonly ServerLibrary[] = [
  { id: 'microdot', module: 'microdot', use: 'microdot' },
  { id: 'start-server', module: null, use: 'start_server' },
];

/** Certificates that a careful client refuses, after the good one. */
const PROFILES = ['good', 'untrusted-ca', 'expired', 'wrong-host'] as const;

function clientCases(library: ClientLibrary): readonly ConformanceCase[] {
  const { id, timed } = library;
  const common = { budgetMs: 2 * MINUTES, unavailable: needs('context') };
  return [
    ...PROFILES.flatMap((profile): ConformanceCase[] => [
      { ...common, id: `libraries/${id}/as-usual/${profile}`, run: presenting(library, profile, false) },
      { ...common, id: `libraries/${id}/verifying/${profile}`, run: presenting(library, profile, true) },
    ]),
    ...(timed ? (['never-answers', 'slow-drip'] as const) : []).map(
      (fault): ConformanceCase => ({
        ...common,
        id: `libraries/${id}/timeout/${fault}`,
        run: timingOut(library, fault),
      }),
    ),
    ...(timed
      ? [
          {
            ...common,
            id: `libraries/${id}/other-tasks`,
            run: (bench: Parameters<ConformanceCase['run']>[0]) => stalling(library, bench),
          },
        ]
      : []),
    { ...common, id: `libraries/${id}/leaks`, run: leaking(library, false) },
    { ...common, id: `libraries/${id}/leaks-failing`, run: leaking(library, true) },
  ];
}

const serverCases = (library: ServerLibrary): readonly ConformanceCase[] => [
  {
    id: `libraries/${library.id}/server`,
    budgetMs: 2 * MINUTES,
    unavailable: needs('context'),
    run: serving(library, false),
  },
  {
    id: `libraries/${library.id}/server-verifying`,
    budgetMs: 2 * MINUTES,
    unavailable: needs('context'),
    run: serving(library, true),
  },
];

/** What people import, against good and bad certificates, silent peers, and many times in a row. */
export const LIBRARY_CASES: readonly ConformanceCase[] = [
  ...CLIENTS.flatMap(clientCases),
  ...SERVERS.flatMap(serverCases),
  { id: 'libraries/ntptime/clock', budgetMs: MINUTES, run: believingAnybody },
];
