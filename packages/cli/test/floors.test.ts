import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const FLOORS = [
  'debug',
  'errors',
  'repository',
  'version',
  'table',
  'unwritable',
  'command',
  'arguments',
  'board',
  'config',
  'doctor',
  'flash',
  'probe',
  'foreign',
  'bogo',
  'tlsfuzzer',
  'upstream-tests',
  'report',
  'explain',
  'mcp',
  'test-run',
  'soak',
  'tools',
  'bisect',
  'order',
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
