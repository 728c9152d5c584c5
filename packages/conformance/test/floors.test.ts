import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const floors = [
  'errors',
  'write-whole',
  'claim',
  'observation',
  'run-record',
  'verdict',
  'capabilities',
  'cases',
  'claims',
  'findings',
  'safety',
  'record',
  'compare',
  'details',
  'results',
  'matrix',
  'report',
  'selection',
  'suite',
  'corpus',
  'reporter',
];

test('each folder of conformance imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), floors)).toEqual([]);
});
