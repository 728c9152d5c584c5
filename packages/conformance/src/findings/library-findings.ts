import { matchesPattern, type Pattern } from '../claim/pattern.ts';
import type { Finding } from './finding.ts';

const like =
  (pattern: Pattern) =>
  (value: unknown): boolean =>
    matchesPattern(value, pattern);

const BAD = ['untrusted-ca', 'expired', 'wrong-host'] as const;

const asUsual = (...libraries: readonly string[]): readonly string[] =>
  libraries.flatMap((library) => BAD.map((profile) => `libraries/${library}/as-usual/${profile}`));

const ANSWERED = like({ answer: 'hello\n' });

/** What people import, seen on 1.25.0 and 1.26.1 with the firmware's own requests and mip and micropython-lib's of August 2026. */
export const LIBRARY_FINDINGS: readonly Finding[] = [
  {
    id: 'libraries-requests-validates-nothing',
    severity: 'hole',
    title: 'requests takes any certificate, and has no parameter by which it could be told to check one',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice:
      'Open the connection yourself with a context and CERT_REQUIRED, or use aiohttp with `ssl=` of such a context.',
    cases: asUsual('requests'),
    shows: ANSWERED,
  },
  {
    id: 'libraries-mip-validates-nothing',
    severity: 'hole',
    title: 'mip installs code from whoever answers: it fetches by requests, which takes any certificate',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice: 'Install from the host (`mpremote mip install`, `wirewrap cp`) and not on the board.',
    cases: asUsual('mip'),
    shows: ANSWERED,
  },
  {
    id: 'libraries-ssl-true-validates-nothing',
    severity: 'hole',
    title: 'ssl=True of umqtt and asyncio.open_connection, and aiohttp without `ssl=`, take any certificate',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice: 'Give each of them a context with verify_mode = CERT_REQUIRED and the authority: they honour it.',
    cases: asUsual('umqtt-simple', 'umqtt-robust', 'aiohttp', 'open-connection'),
    shows: ANSWERED,
  },
  {
    id: 'libraries-timeout-bounds-no-handshake',
    severity: 'trap',
    title:
      'The time-out of requests and umqtt bounds each byte: a peer that drips its handshake holds them without end',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice: 'Use asyncio.open_connection or aiohttp within asyncio.wait_for, which ends in time, or a watchdog.',
    cases: ['requests', 'umqtt-simple', 'umqtt-robust'].map((library) => `libraries/${library}/timeout/slow-drip`),
    shows: like({ took: 'too long' }),
  },
  {
    id: 'libraries-other-tasks-stand-still',
    severity: 'trap',
    title:
      'requests and umqtt hold up every other task of an asyncio program while they wait (micropython#5815, #11897)',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice: 'Use aiohttp or asyncio.open_connection: their handshake gives way, and only its computing is in the way.',
    cases: ['requests', 'umqtt-simple', 'umqtt-robust'].map((library) => `libraries/${library}/other-tasks`),
    shows: like({ otherTasks: 'stand still' }),
  },
  {
    id: 'libraries-failed-handshake-keeps-socket',
    severity: 'trap',
    title:
      'asyncio.open_connection, and aiohttp with it, keeps the socket of each connection whose handshake failed, whatever is closed',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.23',
    advice: 'Count failures and reset the board before its sockets are gone; a blocking wrap_socket gives them back.',
    cases: ['aiohttp', 'open-connection'].map((library) => `libraries/${library}/leaks-failing`),
    shows: like({ sockets: 'grows' }),
  },
  {
    id: 'libraries-ntptime-believes-anybody',
    severity: 'trap',
    title: 'ntptime sets the clock, by which every certificate is judged, to what anybody on the network answers',
    versions: 'seen on 1.26.1',
    range: '*',
    advice:
      'Compare the time with the day on which the firmware was built, and with what was last seen, before it is used.',
    cases: ['libraries/ntptime/clock'],
    shows: like({ year: 2033 }),
  },
];
