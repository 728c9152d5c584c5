import { expect, test } from 'vitest';
import { ReplKeys } from './repl-keys.ts';

/** `send:TEXT` for bytes that go to the board, otherwise what is done. */
function read(...chunks: string[]): string[] {
  const keys = new ReplKeys();
  return chunks
    .flatMap((chunk) => keys.read(Buffer.from(chunk, 'utf8')))
    .map((key) => (key.do === 'send' ? `send:${key.bytes.toString()}` : key.do));
}

test.for([
  ['what is typed goes to the board', ['print(1)\r'], ['send:print(1)\r']],
  ['Ctrl-C and Ctrl-D too', ['\x03\x04'], ['send:\x03\x04']],
  ['Ctrl-] ends', ['a\x1db'], ['send:a', 'end']],
  ['Ctrl-X ends, as in mpremote', ['\x18'], ['end']],
  ['Ctrl-T Ctrl-R resets', ['\x14\x12'], ['reset']],
  ['Ctrl-T r resets', ['\x14r'], ['reset']],
  ['Ctrl-T P switches off and on', ['a\x14Pb'], ['send:a', 'power', 'send:b']],
  ['the menu key in one chunk, its letter in the next', ['\x14', 'p'], ['power']],
  ['Ctrl-T Ctrl-T sends Ctrl-T', ['\x14\x14x'], ['send:\x14x']],
  ['an unknown letter lists the keys', ['\x14q'], ['help']],
  ['UTF-8 passes', ['é'], ['send:é']],
] as const)('%s', ([, chunks, expected]) => {
  expect(read(...chunks)).toEqual(expected);
});
