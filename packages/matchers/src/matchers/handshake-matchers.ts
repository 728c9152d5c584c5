import { type Handshake, storyOf, TlsLabError } from '@wirewrap/tls-lab';
import type { MatcherState, SyncMatcherResult } from 'vitest';
import { CannotJudge } from '../errors.ts';
import { judgeComplete, judgeCrash, judgeTrustAny } from './completing.ts';
import { judgeFailOnBoard } from './failing.ts';
import { judgeFingerprint } from './fingerprint.ts';
import { type Judgement, requireHandshake, requireKnownFields } from './judgement.ts';
import { judgeAlert, judgeClose, judgeNegotiate, judgeOffer, judgeServerName } from './wire.ts';

type Equals = (a: unknown, b: unknown) => boolean;
// biome-ignore lint/suspicious/noExplicitAny: the arguments are typed where vitest's Matchers are augmented
type Judge = (handshake: Handshake, equals: Equals, ...expected: any[]) => Judgement;

/** The names of the matchers below. */
export type HandshakeMatcherName =
  | 'toComplete'
  | 'toNegotiate'
  | 'toFailOnBoard'
  | 'toSendAlert'
  | 'toReceiveAlert'
  | 'toOfferServerName'
  | 'toOffer'
  | 'toHaveFingerprint'
  | 'toTrustAnyCertificate'
  | 'toCloseWith'
  | 'toCrash';

const judges: Readonly<Record<HandshakeMatcherName, Judge>> = {
  toComplete: (handshake) => judgeComplete(handshake),
  toNegotiate: judgeNegotiate,
  toFailOnBoard: judgeFailOnBoard,
  toSendAlert: (handshake, equals, wanted) => judgeAlert('board', handshake, equals, wanted),
  toReceiveAlert: (handshake, equals, wanted) => judgeAlert('peer', handshake, equals, wanted),
  toOfferServerName: judgeServerName,
  toOffer: judgeOffer,
  toHaveFingerprint: judgeFingerprint,
  toTrustAnyCertificate: (handshake) => judgeTrustAny(handshake),
  toCloseWith: (handshake, _equals, wanted, by) => judgeClose(handshake, wanted, by),
  toCrash: (handshake, _equals, wanted) => judgeCrash(handshake, wanted),
};

/** What an expectation may hold where it is an object. */
const FIELDS: Partial<Record<string, readonly string[]>> = {
  toNegotiate: ['version', 'cipher', 'cipherSuite', 'group', 'signature', 'alpn', 'resumed'],
  toFailOnBoard: ['type', 'errno', 'errnoName', 'message', 'args', 'step'],
  toSendAlert: ['name', 'number', 'level', 'encrypted'],
  toReceiveAlert: ['name', 'number', 'level', 'encrypted'],
  toOffer: ['version', 'cipher', 'group', 'signature', 'alpn'],
  toHaveFingerprint: ['ja3', 'ja4'],
  toCloseWith: ['how', 'by', 'closeNotify'],
};

/** A matcher as `expect.extend` takes it. */
export type HandshakeMatcher = (this: MatcherState, received: unknown, ...expected: unknown[]) => SyncMatcherResult;

/** The matchers as `expect.extend` takes them. */
export const handshakeMatchers: Readonly<Record<HandshakeMatcherName, HandshakeMatcher>> = Object.fromEntries(
  Object.entries(judges).map(([name, judge]) => [name, matcher(name, judge)]),
) as Record<HandshakeMatcherName, HandshakeMatcher>;

function matcher(name: string, judge: Judge): HandshakeMatcher {
  return function (this: MatcherState, received: unknown, ...expected: unknown[]): SyncMatcherResult {
    const handshakes = Array.isArray(received) && name === 'toTrustAnyCertificate' ? received : [received];
    const subjects = handshakes.map((one) => requireHandshake(name, one));
    for (const wanted of expected) requireKnownFields(name, wanted, FIELDS[name] ?? []);
    const stories = () => subjects.map(storyOf).join('\n\n');
    const equals: Equals = (a, b) => this.equals(a, b, this.customTesters);
    try {
      const subject = (Array.isArray(received) ? subjects : subjects[0]) as Handshake;
      const { pass, expected: wanted, actual } = judge(subject, equals, ...expected);
      return {
        pass,
        message: () => `The connection should ${this.isNot ? 'not ' : ''}${wanted}, but ${actual}.\n\n${stories()}\n`,
      };
    } catch (error) {
      if (!(error instanceof CannotJudge)) throw error;
      const message = `${name}: ${error.message}\n\n${stories()}\n`;
      // A link or a board that failed is no failed assertion.
      if (error.code !== null) throw new TlsLabError(error.code, message);
      // Fails for `expect` and for `.not`: what cannot be seen proves neither.
      return { pass: this.isNot, message: () => message };
    }
  };
}
