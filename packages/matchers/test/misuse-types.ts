/**
 * What must not compile. `pnpm check` compiles this file, and an `@ts-expect-error` that is not needed is an error. What
 * each of these says when it runs is in handshake-matchers.test.ts.
 */
import { expect, type Handshake, type TlsLab } from '@wirewrap/matchers';
import type { Board } from '@wirewrap/repl-driver';

declare const handshake: Handshake;
declare const tls: TlsLab;
declare const board: Board;

export function right(): void {
  expect(handshake).toComplete();
  expect(handshake).not.toComplete();
  expect.soft(handshake).toSendAlert('certificate_expired');
  expect(handshake).toSendAlert('certificate expired');
  expect(handshake).toSendAlert('alert_199');
  expect(handshake).toSendAlert({ name: 'unknown_ca', level: 'fatal' });
  expect(handshake).toNegotiate('TLSv1.2');
  expect(handshake).toNegotiate('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
  expect(handshake).toNegotiate('ECDHE-ECDSA-AES128-GCM-SHA256');
  expect(handshake).toNegotiate({ version: 'TLS 1.2', cipher: /^ECDHE/ });
  expect(handshake).toOffer('1.3');
  expect(handshake).toCloseWith('FIN', { by: 'board' });
  expect([handshake]).toTrustAnyCertificate();
}

export async function rightWithPromises(): Promise<void> {
  await expect(tls.connect({})).resolves.toComplete();
  const named: number = await board.evaluate<number>('1+1');
  const unknown: unknown = await board.evaluate('1+1');
  void [named, unknown];
}

export function wrongNames(): void {
  // @ts-expect-error: the alert is misspelt
  expect(handshake).toSendAlert('certificate_expird');
  // @ts-expect-error: the alert is misspelt in its field
  expect(handshake).toReceiveAlert({ name: 'unknown_ac' });
  // @ts-expect-error: there is no such version
  expect(handshake).toNegotiate('TLSv1.7');
  // @ts-expect-error: there is no such version
  expect(handshake).toNegotiate({ version: '2.0' });
  // @ts-expect-error: there is no such version
  expect(handshake).toOffer('TLSv1.4');
  // @ts-expect-error: it is called fin
  expect(handshake).toCloseWith('fim');
  // @ts-expect-error: it is called fin
  expect(handshake).toCloseWith({ how: 'fim' });
}

export async function wrongFaults(): Promise<void> {
  await tls.connect({ faults: ['rst-in-hello', 'bit-flip-in-data@to-peer'] });
  // @ts-expect-error: there is no such fault
  await tls.connect({ faults: ['nope'] });
}

export async function wrongSubjects(): Promise<void> {
  // @ts-expect-error: a number is not a handshake
  expect(1).toComplete();
  // @ts-expect-error: an await is missing
  expect(tls.connect({})).toComplete();
  // @ts-expect-error: only toTrustAnyCertificate takes a list
  expect([handshake]).toComplete();
  // @ts-expect-error: what an expression gives is unknown until it is named or checked
  const text: string = await board.evaluate('1+1');
  // @ts-expect-error: so is what a function gives
  const called: string = await board.call('f');
  void [text, called];
}
