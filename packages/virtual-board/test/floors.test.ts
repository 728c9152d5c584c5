import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const FLOORS = [
  'errors',
  'debug-log',
  'debug',
  'line',
  'pty',
  'provision',
  'engine',
  'virtual-board',
  'identity',
  'start',
];

test('each folder of the virtual board imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), FLOORS)).toEqual([]);
});
