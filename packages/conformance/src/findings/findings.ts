import { BAD_PROFILES } from '../cases/profiles.ts';
import { matchesPattern, type Pattern } from '../claim/pattern.ts';
import type { Finding } from './finding.ts';

const like =
  (pattern: Pattern) =>
  (value: unknown): boolean =>
    matchesPattern(value, pattern);
const completes = like({ end: 'completes' });
const crashes = like({ end: 'crashes' });
const badly = (mode: string): string[] => BAD_PROFILES.map((profile) => `client/${mode}/${profile}`);

/** In the order of what they cost whom they hit. */
export const FINDINGS: readonly Finding[] = [
  {
    id: 'nothing-validated-by-default',
    severity: 'hole',
    title: 'By default no certificate is validated: anyone on the path can read and change the connection',
    versions: 'all',
    range: '*',
    advice: 'Pass cert_reqs=ssl.CERT_REQUIRED, cadata and server_hostname, and set the clock first.',
    cases: [...badly('default'), ...badly('default-named')],
    shows: completes,
  },
  {
    id: 'optional-validates-nothing',
    severity: 'hole',
    title: 'CERT_OPTIONAL validates nothing: the result of the verification is ignored',
    versions: '1.20 and later',
    range: '>=1.20',
    advice: 'Use CERT_REQUIRED.',
    cases: badly('optional'),
    shows: completes,
  },
  {
    id: 'hostname-bypass',
    severity: 'hole',
    title: 'A client context wrapped with server_side=True and CERT_REQUIRED accepts a certificate of any host',
    versions: '1.22 to 1.25 on the ESP32; any build with mbedTLS before 3.6.3',
    range: '>=1.22 <1.26',
    advice: 'Never pass server_side to a client context; update to a firmware with mbedTLS 3.6.3 or later.',
    cases: ['client/context/required-server-side-wrong-host'],
    shows: completes,
  },
  {
    id: 'dates-unchecked',
    severity: 'hole',
    title: 'CERT_REQUIRED accepts expired certificates',
    versions: '1.20 and 1.21',
    range: '>=1.20 <1.22',
    advice: 'Update to 1.22 or later.',
    cases: ['client/required/expired', 'client/required/not-yet-valid'],
    shows: completes,
  },
  {
    id: 'name-unchecked-without-hostname',
    severity: 'hole',
    title: 'CERT_REQUIRED without server_hostname accepts a certificate of any host',
    versions: '1.20 and 1.21',
    range: '>=1.20 <1.22',
    advice: 'Always pass server_hostname; update to 1.22 or later.',
    cases: ['client/name/omitted-wrong-host'],
    shows: completes,
  },
  {
    id: 'verify-callback-ignored',
    severity: 'hole',
    title: 'verify_callback and check_hostname can be set on ssl.SSLContext and have no effect',
    versions: '1.23 and later (the frozen ssl module)',
    range: '>=1.23',
    advice:
      'Use tls.SSLContext for verify_callback; there is no check_hostname: give server_hostname and CERT_REQUIRED.',
    cases: ['client/context/verify-callback-refuses', 'client/context/check-hostname-ignored'],
    shows: completes,
  },
  {
    id: 'truncation-invisible',
    severity: 'hole',
    title: 'The end of a connection without close_notify reads as a proper end: a cut message looks whole',
    versions: 'all',
    range: '*',
    advice: 'Carry the length in the protocol (Content-Length) and check it.',
    cases: ['fault', 'fault/server', 'fault/tls13'].flatMap((where) => [
      `${where}/no-close-notify`,
      `${where}/truncated-record-then-fin`,
    ]),
    shows: like({ end: 'completes' }),
  },
  {
    id: 'empty-identity-taken-as-none',
    severity: 'trap',
    title: 'Empty key and certificate are taken as none: a server that lost its files starts and serves nobody',
    versions: '1.23 and later',
    range: '>=1.23',
    advice: 'Check that the files are not empty.',
    cases: ['server/identity/empty'],
    shows: like({ error: { type: 'OSError' }, hello: true }),
  },
  {
    id: 'clock-of-2000',
    severity: 'trap',
    title: 'With the clock of power-on (2000-01-01) every certificate starts in the future and is refused',
    versions: '1.22 and later',
    range: '>=1.22',
    advice: 'Set the clock (ntptime.settime()) before the first connection.',
    cases: ['client/clock/2000'],
    shows: like({ end: 'fails', hello: true }),
  },
  {
    id: 'no-close-notify-sent',
    severity: 'trap',
    title: 'close() never sends close_notify: strict peers report a truncated connection',
    versions: 'all',
    range: '*',
    advice: 'End the message in the protocol before close().',
    cases: ['close/close-notify', 'server/close-notify'],
    shows: like({ end: 'completes', closeNotify: false }),
  },
  {
    id: 'timeout-kills-the-connection',
    severity: 'trap',
    title: 'A read that timed out kills the connection for good: every later read fails at once',
    versions: '1.20 and later',
    range: '>=1.20',
    advice: 'Open a new connection after a timeout, or poll before reading.',
    cases: ['timeout/read-twice'],
    shows: like([{}, { 'read again': { raises: { type: 'OSError' } } }]),
  },
  {
    id: 'crash-cipher-before-handshake',
    severity: 'crash',
    title: 'cipher() before the handshake crashes the interpreter',
    versions: '1.22 and later',
    range: '>=1.22',
    advice: 'Call cipher() only after a read or write went well.',
    cases: ['crash/cipher-before-handshake'],
    shows: crashes,
  },
  {
    id: 'crash-setblocking-after-close',
    severity: 'crash',
    title: 'setblocking() after close() crashes the interpreter',
    versions: '1.20 and later (micropython#17719)',
    range: '>=1.20',
    advice: 'Drop the reference when closing.',
    cases: ['crash/setblocking-after-close', 'crash/setblocking-after-deferred-close'],
    shows: crashes,
  },
  {
    id: 'crash-setblocking-after-failed-handshake',
    severity: 'crash',
    title:
      'setblocking() after a failed deferred handshake crashes the interpreter: a peer that sends junk can set the trap',
    versions: '1.22 and later',
    range: '>=1.22',
    advice: 'After an exception of a deferred handshake touch nothing but close().',
    cases: ['crash/setblocking-after-failed-handshake'],
    shows: crashes,
  },
];
