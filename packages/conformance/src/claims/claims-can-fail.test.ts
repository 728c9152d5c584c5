import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { parseRunRecord } from '../record/record-file.ts';
import { judgeClaim, judgeClaims, redReason } from '../verdict/judge-claim.ts';
import { CLAIMS } from './index.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures');
const records = ['baselines', 'firmware-runs'].flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .filter((name) => /^(esp32|debian)-[^m]*\.json$/.test(name) && !name.includes('measurements'))
    .map((name) => ({
      name,
      record: parseRunRecord(JSON.parse(readFileSync(join(fixtures, folder, name), 'utf8')), name),
    })),
);
const capabilitiesOf = (name: string): Capabilities =>
  records.find((item) => item.name === name)?.record.board.capabilities as Capabilities;

const TODAY = capabilitiesOf('esp32-1.26.1.json');
const OF_1_20 = capabilitiesOf('esp32-1.20.0-quick.json');
/** A firmware of before 1.20, when nothing could be validated. */
const OF_1_18: Capabilities = {
  ...OF_1_20,
  version: '1.18',
  keywords: ['cert', 'do_handshake', 'key', 'server_hostname', 'server_side'],
  constants: [],
};

const speaks = (claim: Claim, can: Capabilities): boolean =>
  judgeClaim(claim, new Map(), can).because !== 'other-firmware' && claim.unless?.(can) == null;

const seen = (claim: Claim, value: unknown): ReadonlyMap<string, unknown> =>
  new Map(claim.cases.map((name) => [name, value]));

const WRONG = [
  ['the board crashes', { end: 'crashes' }],
  [
    'RuntimeError in wrap before a ClientHello',
    { end: 'fails', at: 'wrap', hello: false, error: { type: 'RuntimeError' } },
  ],
  ['RuntimeError behind the ClientHello', { end: 'fails', at: 'wrap', hello: true, error: { type: 'RuntimeError' } }],
  ['no memory', { end: 'fails', at: 'wrap', hello: true, error: { type: 'OSError', code: 12, name: 'ENOMEM' } }],
  ['an expression raises', { raises: { type: 'RuntimeError', text: 'no' } }],
] as const;

describe.for([
  ['1.26.1', TODAY],
  ['1.20.0', OF_1_20],
  ['1.18', OF_1_18],
] as const)('on %s', ([, can]) => {
  const claims = CLAIMS.filter((claim) => speaks(claim, can));

  test.for(WRONG)('every claim is red when all that its cases show is: %s', ([, value]) => {
    const green = claims.filter((claim) => redReason(judgeClaim(claim, seen(claim, value), can)) === null);
    expect(green.map(({ id }) => id)).toEqual([]);
  });

  test('a claim whose cases were all lost is neither green nor red', () => {
    const results = claims.map((claim) => judgeClaim(claim, seen(claim, { lost: 'the board reset' }), can));
    expect(results.filter(({ because }) => because !== 'lost').map(({ id }) => id)).toEqual([]);
    expect(results.filter((result) => redReason(result) !== null)).toEqual([]);
  });
});

test.for(records)('what was seen in $name keeps the run green', ({ record }) => {
  const results = judgeClaims(CLAIMS, record.observations, record.board.capabilities as Capabilities);
  expect(results.map(redReason).filter((reason) => reason !== null)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'conforms').length).toBeGreaterThan(30);
});

/** What each known deviation does not excuse: the same absence on a firmware that should have it. */
test.for([
  ['CERT_ constants gone from a later firmware', 'book/constants', { constants: [] }, ['wrap_socket']],
  [
    'PEM lost on a chip',
    'book/pem',
    { pem: false },
    { end: 'fails', hello: false, error: { type: 'ValueError', text: 'invalid key' } },
  ],
  [
    'cert_reqs renamed',
    'documentation/keyword/cert_reqs',
    { keywords: [] },
    { raises: { type: 'TypeError', text: "unexpected keyword argument 'cert_reqs'" } },
  ],
] as const)('a regression is not excused as an old firmware: %s', ([, id, lost, value]) => {
  const claim = CLAIMS.find((candidate) => candidate.id === id) as Claim;
  expect(redReason(judgeClaim(claim, seen(claim, value), { ...TODAY, ...lost }))).toContain(`${id} deviates`);
});
