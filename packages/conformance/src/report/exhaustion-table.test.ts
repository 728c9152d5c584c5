import { expect, test } from 'vitest';
import { SIEGE_SUITES } from '../cases/index.ts';
import { durationOf } from '../cases/timeouts/timeout-cases.ts';
import { SIEGE_FINDINGS } from '../findings/siege-findings.ts';
import type { RunRecord } from '../run-record.ts';
import { exhaustionTableOf } from './exhaustion-table.ts';

test('a case under siege has its numbers beside it; other cases are in no row', () => {
  const record = {
    observations: [
      { case: 'exhaustion/client/hundred-handshakes', value: { completed: '100 of 100' } },
      { case: 'client/name/right', value: { end: 'completes' } },
    ],
    measurements: [
      { case: 'exhaustion/client/hundred-handshakes', name: 'each request', unit: 'ms', value: 83.6 },
      { case: 'exhaustion/client/hundred-handshakes', name: 'C heap free', unit: 'bytes', value: 1 },
      { case: 'client/name/right', name: 'wrap', unit: 'ms', value: 2 },
    ],
  } as unknown as RunRecord;
  expect(exhaustionTableOf(record)).toEqual([
    { case: 'client/hundred-handshakes', value: '100 of 100 connections complete', numbers: 'each request 84 ms' },
  ]);
});

test.for([
  ['exhaustion-failed-handshake-keeps-socket', { peers: 8, closedByCollect: 0 }, { peers: 8, closedByCollect: 8 }],
  ['exhaustion-asyncio-keeps-sockets', { junkClosed: 'none' }, { junkClosed: 'all' }],
  ['exhaustion-one-peer-blocks-server', { servedBefore: true, served: false }, { servedBefore: true, served: true }],
] as const)('%s is seen in one value and not in the other', ([id, bad, good]) => {
  const finding = SIEGE_FINDINGS.find((candidate) => candidate.id === id);
  expect(finding?.shows(bad)).toBe(true);
  expect(finding?.shows(good)).toBe(false);
});

test('the cases of the findings exist, and no id is used twice', () => {
  const ids = Object.values(SIEGE_SUITES).flatMap((cases) => cases.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { cases } of SIEGE_FINDINGS) for (const id of cases) expect(ids).toContain(id);
});

test.for([
  [3, 'at once'],
  [499, 'at once'],
  [2_004, 'in time'],
  [3_400, 'in time'],
  [12_000, 'too long'],
] as const)('%i ms of a time-out of 2 s are %s', ([ms, expected]) => {
  expect(durationOf(ms)).toBe(expected);
});
