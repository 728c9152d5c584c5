import { expect, test } from 'vitest';
import { startVirtualBoard } from '../src/index.ts';
import { pause, SerialConsole } from './serial-console.ts';

test('a slow interpreter takes its factor of the processor time that a program uses', async () => {
  await using board = await startVirtualBoard({ slowness: 20 });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const [wallMs = 0, processorMs = 1] = (
    await port.run(
      'import time\nt = time.ticks_ms()\nc = time.clock()\nwhile time.clock() - c < 0.05: pass\nprint(time.ticks_ms() - t, (time.clock() - c) * 1000)',
    )
  )
    .split(' ')
    .map(Number);
  expect(processorMs).toBeGreaterThan(40);
  expect(wallMs / processorMs).toBeGreaterThan(10);
});

test('a slow interpreter can be interrupted, reset and crashed', async () => {
  await using board = await startVirtualBoard({ slowness: 50 });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  port.send("print('begun')\nwhile True: pass\x04");
  await port.until('begun');
  port.send('\x03');
  await port.until('KeyboardInterrupt: \r\n\x04>');
  port.send('\x04');
  await port.until('exit\r\n>');
  port.send('while True: pass\x04');
  await port.until('OK');
  await board.crash();
  await port.until('killed by SIGSEGV');
  await port.until('>>> ');
});

test('a slow flash takes its time for each access, and a Ctrl-C in one does not hurt it', async () => {
  await using board = await startVirtualBoard({ flashMs: 10 });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const takenMs = await port.run(
    "import time\nt = time.ticks_ms()\nwith open('f', 'w') as f: f.write('x' * 2000)\nprint(time.ticks_ms() - t)",
  );
  // Two halves of a directory entry and the data, at least.
  expect(Number(takenMs)).toBeGreaterThan(30);
  for (let round = 0; round < 5; round++) {
    port.send("while True:\n with open('f', 'w') as f:\n  f.write('x' * 5000)\x04");
    await port.until('OK');
    await pause(40 + 7 * round);
    port.send('\x03');
    expect(await port.until('\x04>')).toContain('KeyboardInterrupt');
    expect(await port.run("with open('g', 'w') as f: f.write('ok')\nprint(open('g').read())")).toBe('ok\n');
  }
});
