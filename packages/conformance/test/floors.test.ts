import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const floors = [
  'debug',
  'aligned-table',
  'errors',
  'median',
  'source-line',
  'profile',
  'claim',
  'observation',
  'run-record',
  'verdict',
  'capabilities',
  'level',
  'cases',
  'claims',
  'findings',
  'safety',
  'coverage',
  'record',
  'compare',
  'details',
  'results',
  'foreign',
  'matrix',
  'upstream',
  'report',
  'selection',
  'suite',
  'corpus',
  'reporter',
  'split',
];

test('each folder of conformance imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), floors)).toEqual([]);
});
