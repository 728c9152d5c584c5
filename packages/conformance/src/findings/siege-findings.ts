import { ADVISORIES } from '../cases/cve/advisories.ts';
import { type Advisory, type HandshakeProbe, hasProbe } from '../cases/cve/advisory.ts';
import { matchesPattern, type Pattern } from '../claim/pattern.ts';
import type { Finding } from './finding.ts';
import { LIBRARY_FINDINGS } from './library-findings.ts';
import { NEWEST_FINDINGS } from './newest-findings.ts';

const ofAdvisory = ({ id, title, affected, probe }: Advisory & { readonly probe: HandshakeProbe }): Finding => ({
  id: id.toLowerCase(),
  severity: 'hole',
  title: `${title} (${id})`,
  versions: `mbedTLS ${affected.join(' or ')}`,
  // It follows the TLS library and not MicroPython's version.
  range: '*',
  advice: 'Use a firmware with a newer mbedTLS; `ssl.MBEDTLS_VERSION` names the one that it was compiled with.',
  cases: [probe.case],
  shows: (value) => matchesPattern(value, probe.vulnerable),
});

const like =
  (pattern: Pattern) =>
  (value: unknown): boolean =>
    matchesPattern(value, pattern);

/** Seen on 1.25.0 and 1.26.1 of the virtual board; no chip has been asked. */
const UNDER_SIEGE: readonly Finding[] = [
  {
    id: 'exhaustion-failed-handshake-keeps-socket',
    severity: 'trap',
    title:
      'A deferred handshake that failed never gives its socket back: neither close() nor a collection closes the connection, so that a few junk peers take every socket (micropython#19630)',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.25',
    advice: 'Keep the plain socket and close it yourself after an error of the wrapped one; asyncio cannot.',
    cases: ['exhaustion/server/junk-leaves-sockets'],
    shows: like({ closedByCollect: (value) => typeof value === 'number' && value < 8 }),
  },
  {
    id: 'exhaustion-asyncio-keeps-sockets',
    severity: 'trap',
    title:
      'asyncio.start_server(ssl=…) keeps the socket of each peer that sends junk, though the handler closes its stream',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.25',
    advice: 'Reset the board, or accept plain sockets and wrap them yourself, so that they can be closed.',
    cases: ['exhaustion/asyncio/junk'],
    shows: like({ junkClosed: (value) => value === 'none' || value === 'some' }),
  },
  {
    id: 'exhaustion-one-peer-blocks-server',
    severity: 'trap',
    title:
      'A server that takes one peer after the other is held by one that says nothing for its whole time-out, and without end by one that sends a byte now and then',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.20',
    advice: 'A time-out of the socket bounds each byte and not the handshake: use asyncio, or a watchdog of your own.',
    cases: ['exhaustion/server/silent', 'exhaustion/server/slow'],
    shows: like({ servedBefore: true, served: false }),
  },
  {
    id: 'timeouts-bound-no-handshake',
    severity: 'trap',
    title:
      'settimeout() bounds each read of the socket and not the handshake: a peer that drips bytes holds wrap_socket() as long as it likes',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.20',
    advice: 'Use a deferred handshake with a deadline of your own, or a watchdog.',
    cases: ['timeouts/client/wrap/dripping/timeout', 'timeouts/server/wrap/dripping/timeout'],
    shows: like({ took: (value) => Array.isArray(value) && value[0] === 'wrap too long' }),
  },
  {
    id: 'timeouts-wrap-blocks-though-non-blocking',
    severity: 'trap',
    title: 'wrap_socket() of a socket that does not block waits for the handshake all the same, and without end',
    versions: 'seen on 1.25.0 and 1.26.1',
    range: '>=1.20',
    advice: 'Pass do_handshake=False (do_handshake_on_connect=False of a context) with such a socket.',
    cases: ['timeouts/client/wrap/silent/non-blocking', 'timeouts/server/wrap/silent/non-blocking'],
    shows: like({ took: (value) => Array.isArray(value) && value[0] === 'wrap too long' }),
  },
];

/** Findings that only the suites of `--suite` can show. */
export const SIEGE_FINDINGS: readonly Finding[] = [
  ...ADVISORIES.filter(hasProbe).map(ofAdvisory),
  ...UNDER_SIEGE,
  ...LIBRARY_FINDINGS,
  ...NEWEST_FINDINGS,
];
