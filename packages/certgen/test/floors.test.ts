import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkFloors } from '../../../scripts/floors.ts';

const floors = [
  'errors',
  'debug-log',
  'log',
  'clock',
  'near-words',
  'write-aside',
  'sealed-file',
  'certificate-bundle',
  'pem',
  'keys',
  'certificate-request',
  'recipe',
  'profiles',
  'encode',
  'cache',
  'files',
  'make-bundle',
  'self-signed',
  'profile-builder',
  'pki',
  'create-pki',
  'explain-profile',
  'write-certificates',
];

test('each folder of certgen imports only the floors below it', () => {
  expect(checkFloors(fileURLToPath(new URL('..', import.meta.url)), floors)).toEqual([]);
});
