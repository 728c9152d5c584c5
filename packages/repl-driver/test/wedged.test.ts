import { fork } from 'node:child_process';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { openBoard, openTransport, type RecoveryEvent, type Transport } from '../src/index.ts';
import { deafen } from './deafen.ts';
import { withResetLine } from './helpers.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes to the raw REPL as another tool would, and leaves. */
async function raw(transport: Transport, code: string): Promise<void> {
  await transport.write(Buffer.from('\r\x03\x03\r\x01'));
  await pause(150);
  await transport.write(Buffer.from(`${code}\x04`));
  await pause(200);
}

async function friendly(transport: Transport, text: string): Promise<void> {
  await transport.write(Buffer.from('\x03\x02'));
  await pause(100);
  await transport.write(Buffer.from(text, 'latin1'));
  await pause(150);
}

interface Wedge {
  readonly name: string;
  readonly wedge: (transport: Transport) => Promise<void>;
  /** The roughest rung that this state may need. */
  readonly atMost: string;
}

const RUNGS = [
  'ctrl-c',
  'ctrl-c twice, ctrl-b',
  'outlast a transfer',
  'soft reset',
  'run reset',
  'reopen the port',
  'power cycle',
];

const WEDGES: readonly Wedge[] = [
  { name: 'a running loop', wedge: (t) => raw(t, 'while True: pass'), atMost: 'ctrl-c' },
  {
    name: 'a loop that catches KeyboardInterrupt',
    wedge: (t) =>
      raw(t, 'import time\nwhile True:\n try:\n  time.sleep_ms(20)\n except KeyboardInterrupt:\n  time.sleep_ms(1)'),
    atMost: 'run reset',
  },
  {
    name: 'kbd_intr(-1) in a loop',
    wedge: (t) => raw(t, 'import micropython\nmicropython.kbd_intr(-1)\nwhile True: pass'),
    atMost: 'run reset',
  },
  {
    name: 'kbd_intr(-1) at the prompt',
    wedge: (t) => raw(t, 'import micropython\nmicropython.kbd_intr(-1)'),
    atMost: 'ctrl-c',
  },
  {
    name: 'the friendly REPL in the middle of a line',
    wedge: (t) => friendly(t, 'for i in range(3'),
    atMost: 'ctrl-c',
  },
  {
    name: 'the friendly REPL in the middle of a block',
    wedge: (t) => friendly(t, 'if True:\r  x = (1,\r'),
    atMost: 'ctrl-c',
  },
  { name: 'paste mode', wedge: (t) => friendly(t, '\x05print(1)\r\n'), atMost: 'ctrl-c' },
  {
    name: 'half a raw command',
    wedge: async (t) => {
      await raw(t, '');
      await t.write(Buffer.from('print("half'));
      await pause(50);
    },
    atMost: 'ctrl-c',
  },
  {
    name: 'half a raw-paste window',
    wedge: async (t) => {
      await raw(t, '1');
      await t.write(Buffer.from('\x05A\x01print("half'));
      await pause(50);
    },
    atMost: 'ctrl-c',
  },
  {
    name: 'raw-paste aborted by the board',
    wedge: async (t) => {
      await raw(t, '1');
      await t.write(Buffer.from('\x05A\x01a = = 1\n'));
      await pause(100);
    },
    atMost: 'ctrl-c',
  },
  { name: 'a program that floods output', wedge: (t) => raw(t, "while True: print('flood' * 20)"), atMost: 'ctrl-c' },
  {
    name: 'a program that prints bytes 01 to 04',
    wedge: (t) => raw(t, "import time\nwhile True:\n print('\\x01\\x02\\x03\\x04>')\n time.sleep_ms(10)"),
    atMost: 'ctrl-c',
  },
  { name: 'sys.ps1 changed', wedge: (t) => friendly(t, "import sys\rsys.ps1 = 'odd> '\r"), atMost: 'ctrl-c' },
  { name: 'the raw REPL left open', wedge: (t) => raw(t, '1'), atMost: 'ctrl-c' },
  {
    name: 'the interpreter dead and restarting',
    wedge: (t) => raw(t, 'import machine\nmachine.reset()'),
    atMost: 'ctrl-c',
  },
];

describe('wedged boards come back', () => {
  test.for(WEDGES)('$name', async ({ wedge, atMost }) => {
    await using virtual = await startVirtualBoard({});
    {
      await using transport = await openTransport(virtual.path);
      await wedge(transport);
    }
    const events: RecoveryEvent[] = [];
    await using board = await openBoard(virtual.path, {
      open: withResetLine(virtual),
      onRecovery: (event) => events.push(event),
    });
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
    const last = events.at(-1);
    expect(last?.outcome, JSON.stringify(events)).toBe('recovered');
    expect(RUNGS.indexOf(last?.rung ?? ''), JSON.stringify(events)).toBeLessThanOrEqual(RUNGS.indexOf(atMost));
    await expect(board.exec("print('flood' * 3)")).resolves.toBe('floodfloodflood\n');
  });

  test('the same states under a session that holds on', async () => {
    await using virtual = await startVirtualBoard({});
    await using board = await openBoard(virtual.path, { open: withResetLine(virtual) });
    for (const code of [
      'while True: pass',
      'import micropython\nmicropython.kbd_intr(-1)\nwhile True: pass',
      "while True: print('x' * 50)",
    ]) {
      await expect(board.exec(code, { deadlineMs: 400 })).rejects.toMatchObject({ code: 'DEADLINE' });
      await expect(board.evaluate('1+1', { deadlineMs: 20_000 })).resolves.toBe(2);
    }
  });

  test('a power-cycle hook is the last rung', async () => {
    await using virtual = await startVirtualBoard({});
    const events: RecoveryEvent[] = [];
    let cycles = 0;
    const powerCycle = async () => {
      cycles++;
      await virtual.powerCycle();
    };
    await using board = await openBoard(virtual.path, { powerCycle, onRecovery: (event) => events.push(event) });
    await deafen(board);
    await expect(board.evaluate('1+1', { deadlineMs: 30_000 })).resolves.toBe(2);
    expect(cycles).toBe(1);
    expect(events.at(-1)).toMatchObject({ rung: 'power cycle', outcome: 'recovered' });
  });

  test('the last rung is reached within one call of the default deadline', async () => {
    await using virtual = await startVirtualBoard({});
    const events: RecoveryEvent[] = [];
    const powerCycle = () => virtual.powerCycle();
    await using board = await openBoard(virtual.path, { powerCycle, onRecovery: (event) => events.push(event) });
    events.length = 0;
    await deafen(board);
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
    const failed = events.filter(({ outcome }) => outcome === 'failed').map(({ rung }) => rung);
    expect(failed, 'each once, Ctrl-C right after the call that failed').toEqual(RUNGS.slice(0, -1));
  });

  test('a climb that a deadline cut short goes on with the next call', async () => {
    await using virtual = await startVirtualBoard({});
    const events: RecoveryEvent[] = [];
    const powerCycle = () => virtual.powerCycle();
    await using board = await openBoard(virtual.path, { powerCycle, onRecovery: (event) => events.push(event) });
    await deafen(board);
    let calls = 0;
    for (let value: unknown = null; value !== 42 && calls < 8; calls++) {
      value = await board.evaluate('6 * 7', { deadlineMs: 5_000 }).catch(({ code }) => code);
      expect([42, 'DEADLINE']).toContain(value);
    }
    expect(calls).toBeLessThan(8);
    expect(events.at(-1)).toMatchObject({ rung: 'power cycle', outcome: 'recovered' });
  });

  test('the session before was killed with SIGKILL in the middle of an upload', async () => {
    await using virtual = await startVirtualBoard({ baudRate: 115_200 });
    {
      await using board = await openBoard(virtual.path);
      await board.files.write('/kept.bin', 'the old file');
    }
    const child = fork(new URL('killed-upload.ts', import.meta.url), [virtual.path], { stdio: 'inherit' });
    await new Promise((resolve) => child.once('message', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await using board = await openBoard(virtual.path);
    await expect(board.files.read('/kept.bin')).resolves.toEqual(new Uint8Array(Buffer.from('the old file')));
    const names = (await board.files.list('/')).map((file) => file.path);
    expect(names.filter((name) => name.includes('~'))).toEqual([]);
  });
});
