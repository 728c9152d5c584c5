import { expect, test } from 'vitest';
import type { PageData } from '../model/page-model.ts';
import { again } from './question.ts';

const data = { details: [], runs: [{ url: '/dev/ttyUSB0' }] } as unknown as PageData;

test.for([
  ['a case of the suites', 'client/default/expired', '--case=client/default/expired'],
  ["a test of one's own", 'own/trusts > it all (by default)', "-t '^trusts it all \\(by default\\)$'"],
] as const)('%s is run again by itself', ([, id, option]) => {
  const text = again(data, id, 0)
    .toString()
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'");
  expect(text).toContain(`npx wirewrap test ${option} --board=/dev/ttyUSB0`);
});
