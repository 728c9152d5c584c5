import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { type LineSettings, openBoard, openTransport, type RecoveryEvent, type Transport } from '../src/index.ts';
import { slowBoot } from './slow-boot.ts';

test('a board that boots for longer than all rungs take is asked until the deadline', async () => {
  await using virtual = await startVirtualBoard({});
  const open = slowBoot(14_000, { booting: true });
  await using board = await openBoard(virtual.path, { open, deadlineMs: 30_000 });
  await expect(board.evaluate('6 * 7')).resolves.toBe(42);
});

test('a board that reset by itself and boots slowly is not reset again, nor its port reopened', async () => {
  await using virtual = await startVirtualBoard({});
  const events: RecoveryEvent[] = [];
  const onRecovery = (event: RecoveryEvent) => events.push(event);
  await using board = await openBoard(virtual.path, { open: slowBoot(11_000), onRecovery });
  await expect(board.exec('import machine\nmachine.reset()')).rejects.toMatchObject({ code: 'BOARD_RESET' });
  events.length = 0;
  await expect(board.evaluate('6 * 7', { deadlineMs: 45_000 })).resolves.toBe(42);
  const tried = events.filter(({ outcome }) => outcome !== 'unavailable').map(({ rung }) => rung);
  expect(tried.filter((rung) => !rung.startsWith('ctrl-c'))).toEqual([]);
});

test('what a boot said before a rung gave up is not forgotten', async () => {
  await using virtual = await startVirtualBoard({});
  {
    await using board = await openBoard(virtual.path);
    await board.files.write('boot.py', "with open('boots', 'a') as f: f.write('x')\n");
    // What 1.18 prints when Ctrl-C strikes while its _boot.py runs; then it goes on for longer than the first rung lasts.
    const traceback = String.raw`Traceback (most recent call last):\n  File "_boot.py", line 8, in <module>\nKeyboardInterrupt: `;
    await board.files.write(
      'main.py',
      `
import micropython, time
try:
    print('main runs')
    while True: pass
except KeyboardInterrupt:
    micropython.kbd_intr(-1)
    print('${traceback}')
time.sleep(2.5)
micropython.kbd_intr(3)
`,
    );
  }
  const transport = await openTransport(virtual.path);
  let said = '';
  transport.onData((chunk) => {
    said += Buffer.from(chunk).toString('latin1');
  });
  await virtual.runReset();
  await expect.poll(() => said).toContain('main runs');
  let held: Transport | null = transport;
  const open = async (line: string | LineSettings) => {
    const opened = held ?? (await openTransport(line));
    held = null;
    return opened;
  };
  await using board = await openBoard(virtual.path, { open });
  await expect(board.evaluate("open('boots').read()")).resolves.toBe('xx');
});
