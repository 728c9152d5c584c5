import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const FLOORS = ['debug', 'errors', 'process', 'labgrid', 'kinds', 'settings', 'lease', 'acquire', 'session'];

test('each folder of the package imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), FLOORS)).toEqual([]);
});
