import { expect, test } from 'vitest';
import { startVirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

/** What a program can replace without another interpreter's noticing; `print` is left to see that the board answers. */
const REPLACED =
  "[n for n in dir(builtins) if n[0] != '_' and n not in ('print', 'setattr', 'range', 'repr', 'True', 'False')]";

test('a program that replaces every built-in does not take the board with it', async () => {
  await using board = await startVirtualBoard();
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  expect(await port.run(`import builtins\nnames = ${REPLACED}\nprint(len(names) > 20)`)).toBe('True\n');
  const before = board.pid;
  expect(await port.run("for n in names:\n setattr(builtins, n, None)\nprint('replaced')")).toBe('replaced\n');
  // Raw paste, the raw REPL, an exception, the friendly REPL, and a program that is interrupted.
  expect(await port.run("print('x' * 3)")).toBe('xxx\n');
  expect((await port.exec('1 / 0')).error).toContain('ZeroDivisionError');
  expect((await port.exec('len([])')).error).toContain("TypeError: 'NoneType' object isn't callable");
  port.send('\x02');
  await port.until('>>> ');
  port.send("print('fr' + 'iendly')\r");
  await port.until('friendly\r\n>>> ');
  port.send('while True: pass\r\r');
  await port.until('... ');
  port.send('\x03');
  await port.until('>>> ');
  expect(board.pid).toBe(before);
  // A soft reset brings them back.
  port.send('\x04');
  await port.until('information.\r\n>>> ');
  await port.enterRaw();
  expect(await port.run('print(len([1]))')).toBe('1\n');
});

test.for(['len', 'bytes', 'isinstance', 'str', 'compile', 'memoryview', 'KeyboardInterrupt', 'SystemExit', 'min'])(
  'builtins.%s = None alone',
  async (name) => {
    await using board = await startVirtualBoard();
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    expect(await port.run(`import builtins\nbuiltins.${name} = None\nprint('replaced')`)).toBe('replaced\n');
    expect(await port.run('print(6 * 7)')).toBe('42\n');
  },
);
