import { matchesPattern, type Pattern } from '../claim/pattern.ts';
import type { Finding } from './finding.ts';

const like =
  (pattern: Pattern) =>
  (value: unknown): boolean =>
    matchesPattern(value, pattern);

/** Seen on a build of MicroPython's source of August 2026 (1.29.0-preview); the two of roots on released firmwares too. */
export const NEWEST_FINDINGS: readonly Finding[] = [
  {
    id: 'newest-psk-on-ssl-context',
    severity: 'hole',
    title:
      'psk_identity, psk_key and server_psk_keys set on ssl.SSLContext are not passed to tls.SSLContext: what was to be authenticated by a key takes any certificate',
    versions: 'from 1.29 on',
    range: '>=1.29',
    advice: 'Set them on tls.SSLContext, and look at cipher() of the socket: it must name a suite with PSK.',
    cases: ['newest/client/psk/on-ssl-context', 'newest/server/psk/on-ssl-context'],
    shows: like({ end: 'completes', suite: /ECDHE/ }),
  },
  {
    id: 'newest-half-a-psk',
    severity: 'trap',
    title: 'With psk_identity or psk_key alone the connection is made by certificates, without a word',
    versions: 'from 1.29 on',
    range: '>=1.29',
    advice: 'Look at cipher() of the socket: it must name a suite with PSK.',
    cases: ['newest/client/psk/identity-alone', 'newest/client/psk/key-alone'],
    shows: like({ end: 'completes', suite: /ECDHE/ }),
  },
  {
    id: 'newest-sign-callback-on-ssl-context',
    severity: 'trap',
    title:
      'ecdsa_sign_callback set on ssl.SSLContext is never called: the key that was loaded signs, and not the secure element',
    versions: 'from 1.24 on, where a build has the callback',
    range: '>=1.24',
    advice: 'Set it on tls.SSLContext.',
    cases: ['newest/server/sign-callback/on-ssl-context'],
    shows: like({ end: 'completes', steps: (steps) => JSON.stringify(steps).includes('"calls":0') }),
  },
  {
    id: 'newest-old-root-stays',
    severity: 'trap',
    title: 'load_verify_locations() adds to the roots of a context, and nothing takes one away',
    versions: 'seen on 1.25.0, 1.26.1 and 1.29.0-preview',
    range: '>=1.23',
    advice: 'Make a new context when a root is to go.',
    cases: ['newest/client/roots/comes-and-goes'],
    shows: like({ after: { old: 'accepts', new: 'accepts' } }),
  },
  {
    id: 'newest-refused-bundle-is-trusted',
    severity: 'trap',
    title:
      'A bundle with one broken certificate raises "invalid cert", and its good roots are trusted all the same once another bundle is loaded',
    versions: 'seen on 1.25.0, 1.26.1 and 1.29.0-preview',
    range: '>=1.23',
    advice: 'Drop the context when load_verify_locations() raises.',
    cases: ['newest/client/roots/refused-bundle'],
    shows: like({ refused: 'ValueError', afterAnother: 'accepts' }),
  },
];
