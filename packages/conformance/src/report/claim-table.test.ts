import { expect, test } from 'vitest';
import { CLAIMS } from '../claims/index.ts';
import type { ClaimResult, RunRecord } from '../run-record.ts';
import { followedSource, formatClaimTable } from './claim-table.ts';

function result(id: string, verdict: ClaimResult['verdict'], knownDeviation?: string): ClaimResult {
  const claim = CLAIMS.find((candidate) => candidate.id === id);
  if (claim === undefined) throw new Error(id);
  const { source, role, statement } = claim;
  return {
    id,
    source,
    role,
    statement,
    verdict,
    observed: 'what was seen',
    ...(knownDeviation ? { knownDeviation } : {}),
  };
}

const claims = [
  result('book/deferred-by-true', 'deviates', 'the wrong way round'),
  result('documentation/handshake-in-wrap', 'conforms'),
  result('documentation/handshake-deferred', 'conforms'),
];

const record: RunRecord = {
  schema: 'wirewrap.run-record/1',
  board: { version: '1.26.1', machine: 'ESP32', capabilities: { engine: '3.6.3' } },
  claims,
  observations: [
    ...['client/default/expired', ...CLAIMS.flatMap(({ cases }) => cases)].map((name) => ({
      case: name,
      value: { end: 'completes', hello: true, boardAlert: null, peerAlert: null },
    })),
  ],
  measurements: [],
};

test('findings first, then the statements by topic with verdict, fact and reason', () => {
  const table = formatClaimTable(record, { columns: 80 });
  expect(table).toContain('MicroPython 1.26.1 on ESP32, Mbed TLS 3.6.3');
  expect(table.indexOf('WHAT TO KNOW FIRST')).toBeLessThan(table.indexOf('DO_HANDSHAKE'));
  expect(table).toContain('HOLE   By default no certificate is validated');
  expect(table).toContain('observed: what was seen');
  expect(table).toContain('known: the wrong way round');
  expect(table.replace(/\s+/g, ' ')).toContain('the firmware follows the documentation, not the book.');
  expect(table).toContain('3 statements: 2 conform, 1 deviate (1 known)');
  expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('statements of which no case ran are one line with their number', () => {
  const cut = formatClaimTable({ ...record, observations: [{ case: 'handshake/blocking-false', value: null }] });
  expect(cut).toContain('1 statements: 1 conform, 0 deviate (0 known)');
  expect(cut).toContain('2 more statements were not asked: none of their cases ran');
  expect(cut).not.toContain('the wrong way round');
  expect(formatClaimTable(record)).not.toContain('not asked');
});

test('an unwritten deviation is marked', () => {
  expect(formatClaimTable({ ...record, claims: [result('book/pem', 'deviates')] })).toContain('deviates !');
});

test('sources that agree are not set against each other', () => {
  expect(
    followedSource([result('book/default-none', 'conforms'), result('documentation/default-none', 'conforms')]),
  ).toBeNull();
});

test('statements that merely differ are not called a contradiction', () => {
  const differing = [
    result('book/nothing-but-the-function', 'deviates', 'a class too'),
    result('documentation/no-sslerror', 'conforms'),
  ];
  expect(formatClaimTable({ ...record, claims: differing })).not.toContain('contradict');
});
