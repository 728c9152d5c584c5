import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CLAIMS } from '../claims/index.ts';
import { findingsOf } from '../findings/findings-of.ts';
import type { RunRecord } from '../run-record.ts';
import { judgeClaims } from '../verdict/judge-claim.ts';
import { describeValue } from './describe-value.ts';

const seen = { boardAlert: null, peerAlert: null, hello: true };
const timeout = { raises: { type: 'OSError', name: 'ETIMEDOUT', negative: true } };

test.for([
  { value: null, text: 'nothing' },
  { value: false, text: 'no' },
  { value: 'accepted', text: 'accepted' },
  { value: [], text: 'none' },
  { value: ['recv', 'send'], text: 'recv, send' },
  { value: { CERT_NONE: 0, CERT_OPTIONAL: 1 }, text: 'CERT_NONE 0, CERT_OPTIONAL 1' },
  { value: { unavailable: 'no DTLS' }, text: 'not possible here: no DTLS' },
  { value: { unavailable: 'goes on; ends at our Finished', limit: 'peer' }, text: 'goes on; ends at our Finished' },
  { value: { lost: 'the board reset' }, text: 'lost: the board reset' },
  { value: { raises: 'TypeError' }, text: 'TypeError' },
  { value: { raises: { type: 'OSError', code: 2, name: 'ENOENT' } }, text: 'OSError 2 ENOENT' },
  { value: { end: 'crashes' }, text: 'the board crashes' },
  { value: { end: 'survives', last: 'no error' }, text: 'survives, last no error' },
  { value: { ...seen, end: 'completes', sni: null }, text: 'completes, no server name sent' },
  { value: { ...seen, end: 'completes', sni: 'board.test' }, text: 'completes, server name board.test' },
  { value: { ...seen, end: 'takes the certificate' }, text: 'takes the certificate' },
  {
    value: { ...seen, end: 'fails', at: 'wrap', error: { type: 'TypeError' }, hello: false },
    text: 'TypeError in wrap before a ClientHello',
  },
  {
    value: { ...seen, end: 'fails', at: 'wrap', error: { type: 'OSError', name: 'reset' }, faultHappened: false },
    text: 'OSError reset in wrap, the fault never found its place',
  },
  {
    value: { ...seen, end: 'fails', at: 'wrap', error: { type: 'ValueError', text: 'x' }, boardAlert: '45 expired' },
    text: "ValueError: x in wrap, board's alert 45 expired",
  },
  {
    value: { end: 'fails', error: { type: 'OSError', code: -30592 }, peerAlert: '40 handshake_failure' },
    text: "OSError -30592, host's alert 40 handshake_failure",
  },
  { value: { end: 'fails', hello: false, type: 'TypeError' }, text: 'TypeError before a ClientHello' },
  { value: { end: 'fails', error: 'ETIMEDOUT' }, text: 'ETIMEDOUT' },
  {
    value: { ...seen, end: 'completes', steps: [{ write: 5 }, { readline: "b'pong\\n'" }, { close: null }] },
    text: "completes, write: 5, readline: b'pong\\n', close",
  },
  { value: [{ 'first write': null }], text: 'first write: None' },
  { value: [{ readinto: [5, "b'ping'"] }, { calls: [] }], text: "readinto: 5, b'ping', calls: none" },
  {
    value: [{ read: timeout }, { 'read again': timeout }],
    text: 'read raises OSError ETIMEDOUT with a negative number, read again raises OSError ETIMEDOUT with a negative number',
  },
  {
    value: { answered: false, error: { type: 'TypeError', text: "unexpected keyword argument 'keyfile'" } },
    text: "no page was served, TypeError: unexpected keyword argument 'keyfile'",
  },
  {
    value: { end: 'completes', helloAfterWrap: true, finished: true },
    text: 'completes, ClientHello sent by wrap_socket, handshake finished in it',
  },
])('$text', ({ value, text }) => {
  expect(describeValue(value)).toBe(text);
});

test('a message whose wording belongs to the build is shown by what it is about', () => {
  expect(describeValue({ raises: { type: 'TypeError', about: 'arguments' } })).toBe('TypeError about arguments');
});

const folder = new URL('../../../../fixtures/baselines/', import.meta.url);
const baselines = ['debian-1.25.0', 'debian-1.26.1'].map(
  (name): RunRecord => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')),
);

test.for(baselines)("no observed fact of MicroPython $board.version reads like a program's", (record) => {
  const { capabilities } = record.board as { capabilities: Parameters<typeof judgeClaims>[2] };
  const claims = judgeClaims(CLAIMS, record.observations, capabilities);
  const facts = [
    ...record.observations.map((item) => `${item.case}: ${describeValue(item.value)}`),
    ...claims.map(({ id, observed }) => `${id}: ${observed}`),
    ...findingsOf(record).map(({ id, observed }) => `${id}: ${observed}`),
  ];
  expect(facts.length).toBeGreaterThan(1000);
  // Braces, quoted names before a colon, names in camel case, and what a hole in the words leaves.
  const raw = /[{}]|\[\{|":|\b[a-z]+[a-z0-9]*[A-Z][a-z]+\b|undefined|\[object|: $|, ,/;
  expect(facts.map((fact) => fact.replace(/^\S+: /, '')).filter((fact) => raw.test(fact))).toEqual([]);
});
