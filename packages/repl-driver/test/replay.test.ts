import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openBoard } from '../src/index.ts';
import { exampleSession } from './record-session.ts';

const recorded = fileURLToPath(new URL('../../../fixtures/sessions/driver.jsonl', import.meta.url));

test('a whole session of the driver is played without a board', async () => {
  await using board = await openBoard(`replay:${recorded}`);
  await expect(exampleSession(board)).resolves.toEqual([
    'hello\n',
    [1, 2.5, null, Uint8Array.of(0), { a: [1] }],
    "OSError: (-29312, 'MBEDTLS_ERR_SSL_CONN_EOF') (<stdin>:1)",
    '\x04\x04>\n',
    '60\n',
    true,
    false,
  ]);
});

test('a recording that does not exist is named', async () => {
  await expect(openBoard('replay:/no/such.jsonl')).rejects.toMatchObject({
    code: 'NO_SUCH_PORT',
    message: expect.stringContaining('/no/such.jsonl'),
  });
});
