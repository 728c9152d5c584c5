import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { type Board, DeadlineError, openBoard, type RecoveryEvent, type ResetKind } from '../src/index.ts';
import { deafen } from './deafen.ts';
import { ALLOWANCE_MS, lateness } from './lateness.ts';
import { processesWith } from './running-programs.ts';
import { type UnsteadyLine, unsteadyLine } from './unsteady-line.ts';

interface Bench extends AsyncDisposable {
  readonly board: Board;
  readonly line: UnsteadyLine;
  readonly virtual: VirtualBoard;
  /** How often the power was cut. */
  readonly cycles: () => number;
}

async function openUnsteady(onPowerCycle: (line: UnsteadyLine) => void | Promise<void> = () => {}): Promise<Bench> {
  const virtual = await startVirtualBoard({});
  const line = unsteadyLine(virtual);
  let cycles = 0;
  const powerCycle = async () => {
    cycles++;
    await virtual.powerCycle();
    await onPowerCycle(line);
  };
  const board = await openBoard(virtual.path, { open: line.open, powerCycle });
  return {
    board,
    line,
    virtual,
    cycles: () => cycles,
    async [Symbol.asyncDispose]() {
      await board.close();
      await virtual.close();
    },
  };
}

const later = (ms: number, action: () => void) => void setTimeout(action, ms);
const DEADLINE_MS = 3_000;

describe('a board that does not come back from a reset', () => {
  const table: { kind: ResetKind; dies: string; waitedFor: RegExp; arm: (bench: Bench) => void }[] = [
    {
      kind: 'soft',
      dies: 'at once',
      waitedFor: /^the (prompt before|raw REPL after) a soft reset$/,
      arm: ({ line }) => {
        line.mute = true;
      },
    },
    {
      kind: 'run',
      dies: 'in the reset',
      waitedFor: /^the raw REPL after a run reset$/,
      arm: ({ line }) => {
        line.onReset = () => {
          line.mute = true;
        };
      },
    },
    {
      kind: 'power',
      dies: 'in the power cycle',
      waitedFor: /^the raw REPL after a power reset$/,
      arm: () => {},
    },
  ];

  test.for(table)(
    '$kind, dead $dies: the deadline holds, its error names the wait, and later it works again',
    async ({ kind, waitedFor, arm }) => {
      await using bench = await openUnsteady((line) => {
        line.mute = true;
      });
      const { board, line } = bench;
      await board.exec('gone = 1');
      arm(bench);
      const { error, lateMs } = await lateness(DEADLINE_MS, () => board.reset(kind, { deadlineMs: DEADLINE_MS }));
      expect(lateMs).toBeLessThan(ALLOWANCE_MS);
      expect(error).toBeInstanceOf(DeadlineError);
      expect(error).toMatchObject({ waitedFor: expect.stringMatching(waitedFor), cameInstead: 'nothing' });
      line.onReset = () => {};
      line.mute = false;
      await expect(board.evaluate('6 * 7', { deadlineMs: 20_000 })).resolves.toBe(42);
      if (kind !== 'soft') await expect(board.evaluate("'gone' in globals()")).resolves.toBe(false);
    },
  );

  test('soft, boot.py never ends: what it printed is told', async () => {
    await using bench = await openUnsteady();
    const { board } = bench;
    await board.files.write('boot.py', "print('I boot')\nwhile True: pass\n");
    await expect(board.reset('soft', { deadlineMs: DEADLINE_MS })).rejects.toMatchObject({
      code: 'DEADLINE',
      waitedFor: 'the raw REPL after a soft reset',
      cameInstead: expect.stringMatching(/soft reboot\\r\\nI boot\\r\\n"$/),
    });
    await board.files.remove('boot.py', { deadlineMs: 20_000 });
    await expect(board.reset('soft')).resolves.toContain('soft reboot');
  });

  test('run, the modem lines never answer', async () => {
    await using bench = await openUnsteady();
    const { board, line } = bench;
    line.onReset = () => {};
    const hang = new Promise<void>(() => {});
    line.beforeSignals = () => hang;
    await expect(board.reset('run', { deadlineMs: 1_000 })).rejects.toMatchObject({
      code: 'DEADLINE',
      waitedFor: 'the modem lines in a run reset',
    });
    line.beforeSignals = async () => {};
    await expect(board.evaluate('6 * 7', { deadlineMs: 20_000 })).resolves.toBe(42);
  });

  test('power, the hook never ends', async () => {
    await using bench = await openUnsteady(() => new Promise(() => {}));
    await expect(bench.board.reset('power', { deadlineMs: 1_000 })).rejects.toMatchObject({
      code: 'DEADLINE',
      waitedFor: 'the power-cycle command in a power reset',
    });
    await expect(bench.board.evaluate('6 * 7', { deadlineMs: 20_000 })).resolves.toBe(42);
  });

  test('power, the function fails: that is told, and the session goes on', async () => {
    await using virtual = await startVirtualBoard({});
    const events: RecoveryEvent[] = [];
    const powerCycle = async () => {
      throw new Error('no such hub');
    };
    await using board = await openBoard(virtual.path, { powerCycle, onRecovery: (event) => events.push(event) });
    const wanted = { code: 'BAD_VALUE', message: expect.stringContaining('no such hub') };
    await expect(board.reset('power')).rejects.toMatchObject(wanted);
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
    await deafen(board);
    await expect(board.evaluate('6 * 7', { deadlineMs: 30_000 })).rejects.toMatchObject(wanted);
    expect(events.at(-1)).toMatchObject({ rung: 'power cycle', outcome: 'failed' });
  });

  test('power, the command never ends: it is stopped, also when the caller aborts', async () => {
    await using virtual = await startVirtualBoard({});
    const seconds = `1234.${process.pid}${Math.floor(performance.now())}`;
    await using board = await openBoard(virtual.path, { powerCycle: `exec sleep ${seconds}` });
    await expect(board.reset('power', { deadlineMs: 300 })).rejects.toMatchObject({ code: 'DEADLINE' });
    const reason = new Error('enough');
    await expect(board.reset('power', { signal: abortIn(700, reason) })).rejects.toMatchObject({
      code: 'ABORTED',
      cause: reason,
    });
    await expect.poll(() => processesWith(seconds)).toEqual([]);
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
  });

  test.for(['soft', 'run', 'power'] as const)('%s, aborted by the caller', async (kind) => {
    await using bench = await openUnsteady((line) => {
      line.mute = true;
    });
    const { board, line } = bench;
    if (kind === 'soft') line.mute = true;
    line.onReset = () => {
      line.mute = true;
    };
    const signal = abortIn(400, 'enough');
    const { error, lateMs } = await lateness(400, () => board.reset(kind, { signal }));
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect(lateMs).toBeLessThan(ALLOWANCE_MS);
    line.onReset = () => {};
    line.mute = false;
    await expect(board.evaluate('6 * 7', { deadlineMs: 20_000 })).resolves.toBe(42);
  });
});

describe('a run reset', () => {
  test('lets the board run again also when the caller gives up while EN is low', async () => {
    await using bench = await openUnsteady();
    const { board, line } = bench;
    const enIsLow = new AbortController();
    line.onReset = () => enIsLow.abort();
    await expect(board.reset('run', { signal: enIsLow.signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
    expect(line.signals.at(-1)).toEqual({ dtr: false, rts: false });
  });

  test('outlives a USB device that goes and comes back', async () => {
    await using bench = await openUnsteady();
    const { board, line } = bench;
    await board.exec('gone = 1');
    line.onReset = () => {
      line.away = true;
      void line.cut();
      later(1_000, () => {
        line.away = false;
      });
    };
    await board.reset('run');
    await expect(board.evaluate("'gone' in globals()")).resolves.toBe(false);
    expect(line.opened).toBe(2);
  });

  test('waits for a board that boots slowly, and does not reset it again', async () => {
    await using bench = await openUnsteady();
    const { board, line } = bench;
    line.onReset = () => {
      line.mute = true;
      later(8_000, () => {
        line.mute = false;
      });
    };
    await board.reset('run');
    expect(line.signals.filter(({ dtr, rts }) => rts && !dtr)).toHaveLength(1);
    expect(bench.cycles()).toBe(0);
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
  });

  test('is refused where there is no RTS, and the session goes on', async () => {
    await using virtual = await startVirtualBoard({});
    await using board = await openBoard(virtual.path);
    await board.exec('kept = 1');
    await expect(board.reset('run')).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringContaining('has no RTS line'),
    });
    await expect(board.evaluate('kept')).resolves.toBe(1);
  });
});

describe('a power reset', () => {
  test('yields the boot messages and a new interpreter, with the power cut once', async () => {
    await using bench = await openUnsteady();
    const { board } = bench;
    await board.exec('gone = 1');
    await expect(board.reset('power')).resolves.toContain('rst:0x');
    await expect(board.evaluate("'gone' in globals()")).resolves.toBe(false);
    expect(bench.cycles()).toBe(1);
  });

  test('outlives a port that is away for longer than any rung waits', async () => {
    await using bench = await openUnsteady((line) => {
      line.away = true;
      void line.cut();
      later(5_000, () => {
        line.away = false;
      });
    });
    await bench.board.reset('power');
    expect(bench.cycles()).toBe(1);
    await expect(bench.board.evaluate('6 * 7')).resolves.toBe(42);
  });

  test('needs a way, and the session goes on without', async () => {
    await using virtual = await startVirtualBoard({});
    await using board = await openBoard(virtual.path);
    await board.exec('kept = 1');
    await expect(board.reset('power')).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringContaining('`powerCycle`'),
    });
    await expect(board.evaluate('kept')).resolves.toBe(1);
  });
});

function abortIn(ms: number, reason: unknown): AbortSignal {
  const abort = new AbortController();
  later(ms, () => abort.abort(reason));
  return abort.signal;
}
