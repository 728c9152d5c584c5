import type { Sender } from '@wirewrap/tls-lab';
import type { ExpectedFailure } from './matchers/failing.ts';
import type { ExpectedAlert, ExpectedClose, ExpectedNegotiation, ExpectedOffer } from './matchers/wire.ts';

/** The matchers on a `Handshake`. Where nothing was seen that could be judged, they fail with and without `.not`. */
export interface HandshakeMatchers<R = unknown> {
  /** Both ends finished the handshake and no step on the board raised. */
  toComplete(): R;
  /** The handshake completed with this version, suite, group, …: `'TLSv1.2'`, `/ECDHE/` or the fields. */
  toNegotiate(expected?: string | RegExp | ExpectedNegotiation): R;
  /** An exception came on the board: its class, errno, errno name, a part of its text, a pattern or the fields. */
  toFailOnBoard(expected?: ExpectedFailure, message?: string | RegExp): R;
  /** The board sent this alert (`'unknown_ca'`, 48, `{ level: 'fatal' }`); without argument any but close_notify. */
  toSendAlert(expected?: ExpectedAlert): R;
  /** The host sent this alert to the board; without argument any but close_notify. */
  toReceiveAlert(expected?: ExpectedAlert): R;
  /** The board's ClientHello named this server; without argument any name, with `null` none. */
  toOfferServerName(expected?: string | RegExp | null): R;
  /** The board's ClientHello offers this version, suite, group, …: `'TLSv1.3'`, a suite's name or the fields. */
  toOffer(expected: string | RegExp | ExpectedOffer): R;
  /** The board completed against a certificate that a careful end refuses. Takes a list of handshakes too. */
  toTrustAnyCertificate(): R;
  /** The first of `'close_notify'`, `'fin'`, `'rst'` that either end sent, or `'open'`; who (`by`); who sent close_notify. */
  toCloseWith(expected: string | ExpectedClose, by?: Sender | { readonly by?: Sender }): R;
  /** The board died or reset in the middle; optionally a part of the decoded reason. */
  toCrash(expected?: string | RegExp): R;
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends HandshakeMatchers<R> {}
}
