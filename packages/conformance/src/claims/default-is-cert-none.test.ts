import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ALL_CASES } from '../cases/index.ts';
import { equalBehaviour } from '../observation/equal-behaviour.ts';
import type { RunRecord } from '../run-record.ts';

const ids = ALL_CASES.map(({ id }) => id);
/** Each case of explicit CERT_NONE and the one that leaves `cert_reqs` out. */
const PAIRS = [
  { mode: 'client/none/', same: 'client/default/', least: 115 },
  { mode: 'client/none-named/', same: 'client/default-named/', least: 25 },
].map(({ mode, same, least }) => ({
  mode,
  least,
  pairs: ids.filter((id) => id.startsWith(mode)).map((id) => [id, id.replace(mode, same)] as const),
}));

test.for(PAIRS)('every certificate of $mode is presented to the default too', ({ pairs, least }) => {
  expect(pairs.length).toBeGreaterThanOrEqual(least);
  expect(pairs.filter(([, same]) => !ids.includes(same))).toEqual([]);
});

describe.for(['debian-1.25.0', 'debian-1.26.1'])('%s', (name) => {
  const file = new URL(`../../../../fixtures/baselines/${name}.json`, import.meta.url);
  const record: RunRecord = JSON.parse(readFileSync(file, 'utf8'));
  const values = new Map(record.observations.map((item) => [item.case, item.value]));

  test.for(PAIRS)('$mode: the board does what it does by default', ({ pairs }) => {
    const missing = pairs.flat().filter((id) => !values.has(id));
    expect(missing).toEqual([]);
    expect(pairs.filter(([id, same]) => !equalBehaviour(values.get(id), values.get(same)))).toEqual([]);
  });
});
