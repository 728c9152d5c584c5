import type { PeerApplication } from '../application/peer-application.ts';
import type { AlertDescription } from '../tls/alert-description.ts';
import type { TlsVersion } from '../tls/protocol-version.ts';
import type { HelloEdit } from './hello-edits.ts';

/** A place in what one end sends. `hello` is its ServerHello or its ClientHello; `data` its first application data. */
export type Step =
  | 'connect'
  | 'hello'
  | 'encrypted-extensions'
  | 'certificate-request'
  | 'certificate'
  | 'certificate-verify'
  | 'key-exchange'
  | 'hello-done'
  | 'session-ticket'
  | 'change-cipher-spec'
  | 'finished'
  | 'data'
  | 'close-notify'
  | 'no-renegotiation'
  | 'any';

export type Where = 'before' | 'inside' | 'after';

/** What a fault does to the bytes; each kind is one function of content-acts, wire-acts or byte-acts. */
export type Act =
  | { readonly act: 'split'; readonly size: number }
  | { readonly act: 'interleave'; readonly type: number; readonly hex: string }
  | { readonly act: 'merge' }
  | { readonly act: 'drop' }
  | { readonly act: 'edit'; readonly edit: HelloEdit }
  | { readonly act: 'certificate'; readonly chain: readonly Uint8Array[] }
  | { readonly act: 'flip-content'; readonly at: number }
  | {
      readonly act: 'insert';
      readonly where: 'before' | 'after';
      readonly type: number;
      readonly hex: string;
      readonly times?: number;
    }
  | { readonly act: 'flip-wire'; readonly at: number }
  | { readonly act: 'truncate'; readonly missing: number }
  | { readonly act: 'replay' }
  | { readonly act: 'reorder' }
  | { readonly act: 'header'; readonly type?: number; readonly version?: number; readonly length?: number }
  | { readonly act: 'replace'; readonly with: RawBytes }
  | { readonly act: 'raw'; readonly where: 'before' | 'after'; readonly bytes: RawBytes }
  | { readonly act: 'fin' | 'rst' | 'stall'; readonly where: Where }
  | { readonly act: 'pause'; readonly where: 'before' | 'after'; readonly ms: number }
  | { readonly act: 'fragments'; readonly size: number; readonly everyMs: number }
  | { readonly act: 'application'; readonly application: PeerApplication };

/** Bytes that go out as they are. */
export type RawBytes =
  | { readonly hex: string }
  | { readonly text: string }
  | { readonly random: number }
  | { readonly record: { readonly type: number; readonly version?: number; readonly length: number } };

/**
 * The outcome of a connection at the correct end: data went both ways (`completes`), a clean end came before the data
 * (`ended`), it gave up with an error (`aborts`), it is still waiting (`waits`), or the connection ended without a
 * close_notify and a careful application is told so (`truncated`).
 */
export type CorrectResult = 'completes' | 'ended' | 'aborts' | 'waits' | 'truncated';

/** What the correct end does, and which alerts it may send when it aborts. */
export interface CorrectReaction {
  /** Any of these is correct. */
  readonly results: readonly CorrectResult[];
  /** Alerts of which it sends one when it aborts; empty when nothing is asked of it. */
  readonly alerts: readonly AlertDescription[];
  /** True where it may also abort without an alert, such as before a version is agreed. */
  readonly silent?: boolean;
  readonly why: string;
}

/** One named fault: a row of data. */
export interface Fault {
  readonly name: string;
  readonly level: 'byte' | 'record' | 'timing';
  readonly step: Step;
  /** Every place that the step names, not only the first. */
  readonly every?: boolean;
  readonly does: string;
  readonly act: Act;
  /** A second act, at a step of its own. */
  readonly also?: { readonly step: Step; readonly act: Act };
  /** An act on what the other end answers: the library of the end that commits the fault knows nothing of it. */
  readonly onAnswer?: { readonly step: Step; readonly act: Act };
  readonly correct: CorrectReaction;
  /** Where TLS 1.2 or TLS 1.3 ask for something else. */
  readonly correctIn?: Partial<Record<TlsVersion, CorrectReaction>>;
  /** What a correct server does when the client sends this, where it differs. */
  readonly correctServer?: CorrectReaction;
  /** The versions in which the fault can happen; all when left out. */
  readonly versions?: readonly TlsVersion[];
  /** The end of TLS that sends the step; both when left out. */
  readonly sentBy?: 'server' | 'client';
  /** It shows only in a read behind the first one, so that a case reads once more. */
  readonly readsOn?: boolean;
  /** The end that commits it closes the connection whatever the other end does. */
  readonly endsConnection?: boolean;
  /** A board may wait for what never comes, so that a case uses a short timeout. */
  readonly slow?: boolean;
  /** It takes seconds and says nothing about TLS, so that a run of the suites leaves it out. */
  readonly leftOut?: boolean;
  /** What of the outcome a race decides, so that a record leaves it out. */
  readonly race?: readonly RaceDecides[];
  /** What of the outcome is made by the host and not by the board; nothing when left out. */
  readonly ours?: HostPart;
}

/**
 * `place`: which operation meets the error; `sign`: whether its number is negative; `alert`: whether an alert is seen;
 * `values`: everything but how it ended.
 */
export type RaceDecides = 'place' | 'sign' | 'alert' | 'values';

/**
 * `finished`: the host's own end saw another handshake than the board, so that a board that passes over the fault fails at a
 * signature, a Finished or a record MAC of the host. `verification`: the board's own verification is what the fault tests; only
 * where the host's end notices first is the outcome the host's. `sequel`: the host's own end does not know of the fault and
 * goes on, so that what it sends afterwards says nothing.
 */
export type HostPart = 'finished' | 'verification' | 'sequel';
