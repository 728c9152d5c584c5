import { expect, test } from 'vitest';
import { anyOf, excludes, includes, matchesPattern, not } from '../claim/pattern.ts';
import { canonicalJson } from './canonical-json.ts';
import { equalBehaviour, LOST_ALERT } from './equal-behaviour.ts';
import { describeError, observedError } from './observed-error.ts';

test('keys are sorted, bytes are text, nothing is undefined', () => {
  const value = { b: 1, a: [Buffer.from('ping\n'), new Uint8Array([0, 255])], c: undefined, d: 5n };
  expect(canonicalJson(value)).toBe(JSON.stringify({ a: ["b'ping\\n'", 'hex:00ff'], b: 1, d: '5' }));
});

const reset = {
  end: 'fails',
  at: 'data',
  error: { name: 'reset', negative: true },
  hello: true,
  read: null,
  endOfData: null,
};
const ended = { end: 'completes', hello: true, read: "b''", endOfData: "b''" };
const byHost = { end: 'ended by the host', hello: true, read: null };

const refused = { end: 'fails', error: { type: 'ValueError' }, boardAlert: '48 unknown_ca', hello: true };

test.for([
  { name: 'the same', a: refused, b: { ...refused }, equal: true },
  { name: 'the alert was lost to a reset', a: refused, b: { ...refused, boardAlert: LOST_ALERT }, equal: true },
  { name: 'no alert was sent', a: refused, b: { ...refused, boardAlert: null }, equal: false },
  { name: 'another alert', a: refused, b: { ...refused, boardAlert: '42 bad_certificate' }, equal: false },
  { name: 'lost, and another error', a: refused, b: { ...refused, boardAlert: LOST_ALERT, error: {} }, equal: false },
  { name: 'the host ended it, and that was a reset', a: byHost, b: reset, equal: true },
  { name: 'the host ended it, and that was an end', a: byHost, b: ended, equal: true },
  { name: 'the host ended it, or the board died', a: byHost, b: { end: 'crashes' }, equal: false },
  { name: 'the host ended it, and data came', a: byHost, b: { ...ended, read: "b'pong'" }, equal: false },
  { name: 'a reset and an end where the network carries both', a: reset, b: ended, equal: false },
  { name: 'plain values', a: ['x'], b: ['y'], equal: false },
] as const)('equal behaviour: $name is $equal', ({ a, b, equal }) => {
  expect(equalBehaviour(a, b)).toBe(equal);
  expect(equalBehaviour(b, a)).toBe(equal);
});

test.for([
  {
    error: {
      type: 'OSError',
      args: [-9984, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'],
      errno: -9984,
      errnoName: 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
    },
    text: 'OSError -9984 MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
  },
  {
    error: { type: 'OSError', args: [-9984], errno: -9984, errnoName: 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED' },
    text: 'OSError -9984 MBEDTLS_ERR_X509_CERT_VERIFY_FAILED',
  },
  {
    error: { type: 'ValueError', args: ['\nThe certificate validity has expired\n'], errno: null, errnoName: null },
    text: 'ValueError: The certificate validity has expired',
  },
  {
    error: { type: 'TypeError', args: ['<object 7f0011223344> is bad'], errno: null, errnoName: null },
    text: 'TypeError: <object …> is bad',
  },
  { error: { type: 'NotImplementedError', args: [], errno: null, errnoName: null }, text: 'NotImplementedError' },
] as const)('an exception reads $text', ({ error, text }) => {
  expect(describeError(observedError(error))).toBe(text);
});

test('patterns: fields, absent fields, lists, functions, alternatives', () => {
  expect(matchesPattern({ a: 1, b: 2 }, { a: 1 })).toBe(true);
  expect(matchesPattern({ a: 1 }, { b: null })).toBe(true);
  expect(matchesPattern({ a: 1 }, { a: null })).toBe(false);
  expect(matchesPattern(['a', 'b'], includes('a'))).toBe(true);
  expect(matchesPattern(['a', 'b'], excludes('b'))).toBe(false);
  expect(matchesPattern('abc', /b/)).toBe(true);
  expect(matchesPattern(null, { a: 1 })).toBe(false);
  expect(matchesPattern({ a: 1 }, anyOf({ a: 2 }, { a: 1 }))).toBe(true);
  expect(matchesPattern({ a: 1 }, not({ a: 1 }))).toBe(false);
});
