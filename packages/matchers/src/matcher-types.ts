import type { Handshake, Sender } from '@wirewrap/tls-lab';
import type { ExpectedFailure } from './matchers/failing.ts';
import type { ExpectedFingerprint } from './matchers/fingerprint.ts';
import type { CipherName, Closing, VersionName } from './matchers/tls-words.ts';
import type { ExpectedAlert, ExpectedClose, ExpectedNegotiation, ExpectedOffer } from './matchers/wire.ts';

/** The arguments of a matcher on a `Handshake`; on anything else it asks for one that nobody has, so it does not compile. */
type On<Received, Subject, Args extends readonly unknown[]> = [NonNullable<Received>] extends [Subject]
  ? Args
  : [expect_takes_a_Handshake_here: never];

/** The matchers on a `Handshake`. Where nothing was seen that could be judged, they fail with and without `.not`. */
export interface HandshakeMatchers<R = unknown, T = Handshake> {
  /** Both ends finished the handshake and no step on the board raised. */
  toComplete(...args: On<T, Handshake, []>): R;
  /** The handshake completed with this version, suite, group, …: `'TLSv1.2'`, `/ECDHE/` or the fields. */
  toNegotiate(...args: On<T, Handshake, [expected?: VersionName | CipherName | RegExp | ExpectedNegotiation]>): R;
  /** The board raised an exception: its class, errno, errno name, a part of its text, a pattern or the fields. */
  toFailOnBoard(...args: On<T, Handshake, [expected?: ExpectedFailure, message?: string | RegExp]>): R;
  /** The board sent this alert (`'unknown_ca'`, 48, `{ level: 'fatal' }`); without argument any but close_notify. */
  toSendAlert(...args: On<T, Handshake, [expected?: ExpectedAlert]>): R;
  /** The host sent this alert to the board; without argument any but close_notify. */
  toReceiveAlert(...args: On<T, Handshake, [expected?: ExpectedAlert]>): R;
  /** The board's ClientHello named this server; without argument any name, with `null` none. */
  toOfferServerName(...args: On<T, Handshake, [expected?: string | RegExp | null]>): R;
  /** The board's ClientHello offers this version, suite, group, …: `'TLSv1.3'`, a suite's name or the fields. */
  toOffer(...args: On<T, Handshake, [expected: VersionName | CipherName | RegExp | ExpectedOffer]>): R;
  /** JA3 (32 hex digits) or JA4 (`'t12d…'`) of the board's ClientHello, a pattern over JA4, or the fields. */
  toHaveFingerprint(...args: On<T, Handshake, [expected: ExpectedFingerprint]>): R;
  /** The board completed against a certificate that a careful end refuses. Takes a list of handshakes too. */
  toTrustAnyCertificate(...args: On<T, Handshake | readonly Handshake[], []>): R;
  /** The first of `'close_notify'`, `'fin'`, `'rst'` that either end sent, or `'open'`; who (`by`); who sent close_notify. */
  toCloseWith(
    ...args: On<T, Handshake, [expected: Closing | ExpectedClose, by?: Sender | { readonly by?: Sender }]>
  ): R;
  /** The board died or reset in the middle; optionally a part of the decoded reason. */
  toCrash(...args: On<T, Handshake, [expected?: string | RegExp]>): R;
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends HandshakeMatchers<R, T> {}
}
