import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const floors = [
  'tls-lab-error',
  'log',
  'options',
  'tls',
  'time',
  'transcript',
  'application',
  'faults',
  'behaviour',
  'engines',
  'peer',
  'network',
  'board',
  'capture',
  'handshake',
  'no-verdict',
  'host-part',
  'story',
  'failure-folder',
  'tls-lab',
];

test('each folder of tls-lab imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), floors)).toEqual([]);
});
