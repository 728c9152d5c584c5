// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVirtualBoard, type VirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

let board: VirtualBoard;
let port: SerialConsole;

beforeAll(async () => {
  board = await startVirtualBoard({ heapBytes: 250 * 1024 });
  port = await SerialConsole.open(board.path);
  await port.enterRaw();
});

afterAll(async () => {
  await port?.[Symbol.asyncDispose]();
  await board?.close();
});

/** Functions with comments, which cost a heap nothing once they are parsed. */
function sourceOf(functions: number): string {
  const lines = Array.from(
    { length: functions },
    (_, i) =>
      `def f${i}(a, b):\n    # adds two numbers, with a comment that costs the heap nothing\n    return a + b + ${i}\n`,
  );
  return `${lines.join('')}print('ran')\n`;
}

/** Sends a program by raw-paste, to its end or until the board gives up. */
async function send(code: string, to: SerialConsole = port): Promise<void> {
  to.send('\x05A\x01');
  await to.until('R\x01\x80\x00\x01');
  let aborted = false;
  for (let at = 0; at < code.length && !aborted; at += 128) {
    to.send(code.slice(at, at + 128));
    if (at + 128 <= code.length) aborted = (await to.until(/[\x01\x04]/)) === '\x04';
  }
  to.send('\x04');
  if (!aborted) await to.until('\x04');
}

/** What a program prints, and its error, from an empty heap. */
async function paste(code: string): Promise<{ output: string; error: string }> {
  port.send('\x04');
  await port.until('exit\r\n>');
  await send(code);
  return { output: await port.until('\x04'), error: await port.until('\x04>') };
}

test('a program needs no more heap than the same one in a file: its text is not held', async () => {
  const source = sourceOf(470);
  expect(source.length).toBeGreaterThan(49_000);
  expect(await paste(source)).toEqual({ output: 'ran\r\n\x04', error: '\x04>' });
});

test('a program whose parse tree does not fit is a MemoryError, and the next one runs', async () => {
  await using small = await startVirtualBoard({ heapBytes: 48 * 1024 });
  await using line = await SerialConsole.open(small.path);
  await line.enterRaw();
  await send(sourceOf(400), line);
  expect(await line.until('\x04>')).toMatch(/^\x04MemoryError: /);
  expect(await line.run('print(1 + 1)')).toBe('2\n');
});

test('an error is seen while the program is still coming', async () => {
  await send(`${sourceOf(40)}a = = 1\n# what follows the error is not needed to see it\n${'#'.repeat(128)}`);
  expect(await port.until('\x04>')).toContain('line 122\r\nSyntaxError: invalid syntax');
});

test('the current folder stays, for the program and for a thread that works meanwhile', async () => {
  await port.run("import os\nos.mkdir('/sub')\nos.chdir('/sub')");
  await port.run("with open('here', 'w') as f: f.write('x')\nprint(os.getcwd())");
  const thread = [
    'import _thread, time',
    'seen = []',
    'go = True',
    'def work():',
    ' while go:',
    "  with open('here') as f: seen.append(f.read())",
    "  seen.append('sub' in os.listdir('/'))",
    "  if len(seen) == 100: print('alive')",
    '  time.sleep_ms(5)',
    '_thread.start_new_thread(work, ())',
  ];
  await port.run(thread.join('\n'));
  // Half of the program is there, and the thread goes on with its files.
  port.send('\x05A\x01');
  await port.until('R\x01\x80\x00\x01');
  port.send(`before = len(seen)\nprint(set(seen) == {"x", True}, os.getcwd(), os.listdir())\n${'#'.repeat(128)}`);
  await port.until('\x01');
  await port.until('alive\r\n');
  port.send('\ngo = False\n\x04');
  expect(await port.until('\x04>')).toMatch(/\x04True \/sub \['here'\]\r\n\x04\x04>$/);
});
