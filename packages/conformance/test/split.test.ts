import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseBoard } from '@wirewrap/boards';
import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';
import { runSentence, runVerdict } from '../src/report/run-verdict.ts';
import type { SharingBoard } from '../src/run-record.ts';
import { selectCases } from '../src/selection/select-cases.ts';
import type { WorkerStart } from '../src/split/messages.ts';
import { runSplit, type SplitOptions } from '../src/split/run-split.ts';

const selection = { cases: ['module/*', 'mutual/*'] };
const ids = selectCases(selection).map(({ id }) => id);
const twins = ['one', 'two'].map((label) => parseBoard('virtual', { label }));

const split = (options: Partial<SplitOptions>) =>
  runSplit({ boards: twins, selection, startedAt: new Date(), ...options });

const answered = (boards: readonly SharingBoard[] | undefined): number =>
  (boards ?? []).reduce((sum, { cases }) => sum + cases, 0);

test('two boards answer each case once, and show what one alone shows', async () => {
  const [alone, both] = [await split({ boards: twins.slice(0, 1) }), await split({})];
  expect(both.record.observations).toEqual(alone.record.observations);
  expect(both.record.claims).toEqual(alone.record.claims);
  expect(both.record.observations.map((item) => item.case)).toEqual(ids.toSorted());
  expect(both.details.map((detail) => detail.case).toSorted()).toEqual(ids.toSorted());
  expect(both.record.run).toMatchObject({ notRun: [], lost: [], interrupted: false });
  const { bare, ready } = both.record.run?.harness ?? {};
  expect(bare?.free).toBeGreaterThan(ready?.free ?? Number.POSITIVE_INFINITY);
  expect(answered(both.record.run?.boards)).toBe(ids.length);
  for (const { cases, gone } of both.record.run?.boards ?? []) {
    expect(cases).toBeGreaterThan(0);
    expect(gone).toBeUndefined();
  }
});

test('a board whose process is killed gives its cases to the other', async () => {
  const pids = new Map<string, number>();
  const gone: string[] = [];
  let answers = 0;
  const { record } = await split({
    onReady: (label, pid) => pids.set(label, pid),
    onAnswer: (label) => {
      if (label === 'two') answers += 1;
      if (label === 'two' && answers === 3) process.kill(pids.get('two') ?? 0, 'SIGKILL');
    },
    onGone: (label) => gone.push(label),
  });
  expect(gone).toEqual(['two']);
  expect(record.observations.map((item) => item.case)).toEqual(ids.toSorted());
  expect(record.run).toMatchObject({ notRun: [], lost: [] });
  expect(record.run?.boards?.[1]).toMatchObject({ label: 'two', gone: expect.stringContaining('SIGKILL') });
  expect(answered(record.run?.boards)).toBe(ids.length);
  expect(runSentence(record)).toMatch(/^Green: .*; shared by 2 boards \(one \d+; two \d+, then gone\)\.$/);
});

test('a board whose process stands still gives its cases to the other', async () => {
  const pids = new Map<string, number>();
  let answers = 0;
  const { record } = await split({
    // Every case of these takes a fraction of it; only what stands still takes longer.
    answerMs: 15_000,
    onReady: (label, pid) => pids.set(label, pid),
    onAnswer: (label) => {
      if (label === 'two') answers += 1;
      if (label === 'two' && answers === 3) process.kill(pids.get('two') ?? 0, 'SIGSTOP');
    },
  });
  expect(record.observations.map((item) => item.case)).toEqual(ids.toSorted());
  expect(record.run).toMatchObject({ notRun: [], lost: [] });
  expect(record.run?.boards?.[1]).toMatchObject({ label: 'two', gone: 'its process gave no answer within 15 s' });
});

test('a board whose line goes away gives its cases to the other, and nothing of it counts as lost', async () => {
  await using device = await startVirtualBoard();
  let answers = 0;
  const { record } = await split({
    boards: [...twins.slice(0, 1), parseBoard(device.path, { label: 'line', answerMs: 2_000, resetMs: 3_000 })],
    onAnswer: (label) => {
      if (label === 'line') answers += 1;
      if (label === 'line' && answers === 3) void device[Symbol.asyncDispose]();
    },
  });
  expect(record.observations.map((item) => item.case)).toEqual(ids.toSorted());
  expect(record.run).toMatchObject({ notRun: [], lost: [] });
  expect(record.run?.boards?.[1]).toMatchObject({ label: 'line', gone: expect.any(String) });
});

test('when no board is left, what was not asked is told as not run', async () => {
  const { record } = await split({
    onReady: (_label, pid) => process.kill(pid, 'SIGKILL'),
  });
  expect(record.run?.notRun.length).toBe(ids.length - record.observations.length);
  expect(record.run?.notRun.length).toBeGreaterThan(ids.length - 3);
  const { red, reasons } = runVerdict(record);
  expect(red).toBe(true);
  expect(reasons.join()).toContain('did not run');
});

test('a process whose run is gone before its board is open ends, and gives the board back', async () => {
  await using device = await startVirtualBoard();
  const worker = fileURLToPath(new URL('../src/split/board-worker.ts', import.meta.url));
  const child = fork(worker, { serialization: 'advanced', execArgv: ['--disable-warning=ExperimentalWarning'] });
  const ended = once(child, 'exit');
  const start: WorkerStart = { settings: parseBoard(device.path), baseline: null, repeat: null };
  child.send(start, () => child.disconnect());
  await ended;
  await using board = await openBoard(device.path);
  expect(await board.evaluate('6 * 7')).toBe(42);
});

test('boards with another firmware are refused in one sentence', async () => {
  const boards = [...twins.slice(0, 1), parseBoard('virtual?ssl=1.18', { label: 'old' })];
  await expect(split({ boards })).rejects.toMatchObject({
    code: 'OTHER_FIRMWARE',
    message: expect.stringMatching(
      /^Boards that share the cases must have the same firmware, and one has .* while old has /,
    ),
  });
});

test('a board that cannot be opened is named', async () => {
  const boards = [...twins.slice(0, 1), parseBoard('/dev/ttyNOWHERE', { label: 'desk' })];
  await expect(split({ boards })).rejects.toMatchObject({
    code: 'BOARD_GONE',
    message: expect.stringMatching(/^The board desk cannot be used: .*ttyNOWHERE/),
  });
});

test('who ends the run gets what was answered until then', async () => {
  const controller = new AbortController();
  let answers = 0;
  const { record } = await split({
    signal: controller.signal,
    onAnswer: () => {
      answers += 1;
      if (answers === 5) controller.abort();
    },
  });
  expect(record.run).toMatchObject({ interrupted: true, whole: false });
  expect(record.observations.length).toBeGreaterThanOrEqual(4);
  expect(record.run?.notRun.length).toBe(ids.length - record.observations.length);
});
