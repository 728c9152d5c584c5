import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const FLOORS = [
  'debug',
  'errors',
  'repository',
  'table',
  'unwritable',
  'command',
  'arguments',
  'board',
  'config',
  'doctor',
  'flash',
  'probe',
  'report',
  'test-run',
  'tools',
  'nightly',
  'vitest',
  'init',
  'completion',
  'commands',
  'help',
  'run',
  'main',
];

test('each folder of the command imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), FLOORS)).toEqual([]);
});
