import { fileURLToPath } from 'node:url';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { type Board, openBoard } from '../src/index.ts';

/** Longer than two windows of a transfer, also when it is packed. */
export const NOTE = Array.from({ length: 400 }, (_, index) => ((index * index * 7919) % 1_000_003).toString(36)).join(
  ' ',
);

/** The session that `fixtures/sessions/driver.jsonl` holds. Record it anew with `node packages/repl-driver/test/record-session.ts`. */
export async function exampleSession(board: Board): Promise<unknown[]> {
  return [
    await board.exec("print('hello')"),
    await board.evaluate("[1, 2.5, None, b'\\x00', {'a': (1,)}]"),
    await board.exec('raise OSError(-29312, "MBEDTLS_ERR_SSL_CONN_EOF")').catch((error: Error) => error.message),
    await board.exec("print('\\x04\\x04>')"),
    await board.exec(`x = 0\n${'x += 1\n'.repeat(60)}print(x)`),
    (await board.reset()).includes('soft reboot'),
    await board.evaluate("'x' in globals()"),
    await board.files.write('/lib/note.txt', NOTE).catch((error: Error) => error.message),
    await board.files.mkdir('/lib'),
    await board.files.write('/lib/note.txt', NOTE),
    await board.files.write('/lib/note.txt', NOTE),
    new TextDecoder().decode(await board.files.read('/lib/note.txt')) === NOTE,
    await board.files.upload('note', new TextEncoder().encode(NOTE)),
    await board.evaluate('len(note)'),
    await board.files.sync('/lib', { 'a.py': 'x = 1\n' }),
    (await board.files.list('/lib')).map(({ path }) => path),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const record = fileURLToPath(new URL('../../../fixtures/sessions/driver.jsonl', import.meta.url));
  await using virtual = await startVirtualBoard({});
  await using board = await openBoard(virtual.path, { record });
  console.log(await exampleSession(board));
}
