import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Board, openBoard } from '../src/index.ts';
import { exampleSession, NOTE } from './record-session.ts';

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
    'OSError: [Errno 2] ENOENT (writing /lib/note.txt)',
    undefined,
    undefined,
    undefined,
    true,
    undefined,
    NOTE.length,
    undefined,
    ['/lib/a.py'],
  ]);
});

test('a host that departs is told so by every later call, of files too', async () => {
  const departed = /^The host sent ".*" where the recorded session has ".*" \(at [\d.]+ ms\); .*\.$/;
  for (const depart of [
    (board: Board) => board.exec("print('hullo')"),
    (board: Board) => board.files.write('/hello', 'x'),
  ]) {
    await using board = await openBoard(`replay:${recorded}`);
    await expect(depart(board)).rejects.toThrow(departed);
    await expect(board.evaluate('1')).rejects.toThrow(departed);
    await expect(board.files.list()).rejects.toThrow(departed);
  }
});

test('a recording that does not exist is named', async () => {
  await expect(openBoard('replay:/no/such.jsonl')).rejects.toMatchObject({
    code: 'NO_SUCH_PORT',
    message: expect.stringContaining('/no/such.jsonl'),
  });
});
