import { TLS_NAMES } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { alertNames } from './tls-words.ts';

test('the names that compile are those of tls-lab', () => {
  expect([...alertNames].sort()).toEqual([...TLS_NAMES.alerts].sort());
});
