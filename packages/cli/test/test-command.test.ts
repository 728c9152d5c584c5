import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leasePath, parseBoard, readLease } from '@wirewrap/boards';
import { readRunRecord } from '@wirewrap/conformance';
import { openBoard, type RecoveryEvent } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { suite, wirewrap } from './wirewrap.ts';

describe('wirewrap test', () => {
  test('runs every project and ends with the counts on a line of their own', async () => {
    const { exitCode, stdout } = await wirewrap(['test', '--root', suite]);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 passed, 0 failed, 4 skipped');
  });

  test('with --board runs the board project alone, with the settings of the flags', async () => {
    const flags = ['--host=10.0.0.1', '--listen', '0.0.0.0', '--board-address=10.0.0.2:8443', '--board-port=443'];
    const { exitCode, stdout, stderr } = await wirewrap(['test', '--root', suite, '--board=virtual', ...flags]);
    expect(stderr).toContain('BOARD=virtual HOST=10.0.0.1 LISTEN=0.0.0.0 BOARD_ADDRESS=10.0.0.2:8443 BOARD_PORT=443');
    expect(stdout).toContain('2 passed, 0 failed, 2 skipped');
    expect(exitCode).toBe(0);
  });

  test('a hook that fails counts as failed, though no test ran', async () => {
    const { exitCode, stdout } = await wirewrap(['test', '--root', suite, 'hook'], { BREAK_HOOK: '1' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed, 1 skipped');
    expect(exitCode).toBe(1);
  });

  test.for<{ asked: string; args: string[]; env: Record<string, string>; given: string }>([
    { asked: '--quick', args: ['--quick'], env: {}, given: '{"named":true}' },
    { asked: 'WIREWRAP_CASES', args: [], env: { WIREWRAP_CASES: 'claims' }, given: '{"named":true}' },
    { asked: 'nothing', args: [], env: {}, given: '' },
  ])('asked for $asked, the workers get the selection $given', async ({ args, env, given }) => {
    const { stderr } = await wirewrap(['test', '--root', suite, '--board=virtual', ...args], env);
    expect(stderr).toContain(`CASES=${given} `);
  });

  test('an unknown word in WIREWRAP_CASES is one sentence and exit code 2', async () => {
    const { exitCode, stderr } = await wirewrap(['test', '--root', suite], { WIREWRAP_CASES: 'some' });
    expect(stderr).toContain('WIREWRAP_CASES is "some"; it must be "all" or "claims".');
    expect(exitCode).toBe(2);
  });

  test('accepts the -- of older package managers', async () => {
    const { stdout } = await wirewrap(['test', '--', '--root', suite, '--board=virtual']);
    expect(stdout).toContain('2 passed, 0 failed, 2 skipped');
  });

  test('hands vitest options and file filters on', async () => {
    const { stdout, exitCode } = await wirewrap(['test', '--root', suite, '-t', 'passes', 'plain', '--reporter=tap']);
    expect(stdout).toContain('TAP version 13');
    expect(stdout).toContain('1 passed, 0 failed, 1 skipped');
    expect(exitCode).toBe(0);
  });

  test('runs two boards side by side and tells one result', async () => {
    const boards = ['--board=virtual', '--board=virtual?latency=1'];
    const running = await wirewrap(['test', '--root', suite, ...boards], { FAIL_ON: 'virtual' });
    const { exitCode, stdout, stderr } = running;
    const starts = [...stderr.matchAll(/BOARD=(\S+) .* at (\d+)/g)].map(([, board, at]) => ({ board, at: Number(at) }));
    expect(starts.map(({ board }) => board).sort()).toEqual(['virtual', 'virtual?latency=1']);
    expect(stdout).toContain('[virtual] ');
    expect(stdout).toContain('[virtual latency=1] ');
    // The merged report names the board whose case failed.
    expect(stderr).toMatch(/FAIL\s+\|?board virtual\|? board\/settings\.case\.ts > fails on request/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('3 passed, 1 failed, 4 skipped');
    expect(exitCode).toBe(1);
  });

  test.for([
    ['an option that nobody knows', ['--nope'], 'nope'],
    ['an option of ours that is misspelt', ['--bord=virtual'], 'did you mean --board?'],
    ['an option of vitest that is misspelt', ['--repoter=tap'], 'did you mean --reporter?'],
    ['an option without its value', ['--board'], '--board'],
    ['an option that is given twice', ['--root=.'], 'Expected a single value for option "-r, --root <path>"'],
    ['a mode that never ends', ['--watch'], 'start `vitest --watch` itself'],
    ['the same by its letter', ['-w'], 'start `vitest --watch` itself'],
    ["vitest's own page", ['--ui'], 'start `vitest --ui` itself'],
  ] as const)('%s is one sentence and exit code 2', async ([, args, named]) => {
    const { exitCode, stderr, stdout } = await wirewrap(['test', '--root', suite, ...args]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toHaveLength(1);
    expect(stderr).toContain(named);
  });
});

test('a root that is not there is one sentence and exit code 2', async () => {
  const { exitCode, stderr } = await wirewrap(['test', '--root=/nowhere']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: 'wirewrap: There is no folder /nowhere, which --root names.',
  });
});

describe('what is wrong is told in one sentence with exit code 2, before any test runs', () => {
  const nowhere = join(import.meta.filename, 'results');

  test.for<[string, readonly string[], RegExp, Record<string, string>?]>([
    ['a baseline that is not there', ['--baseline=/nowhere.json'], /nowhere\.json/],
    ['a reporter that nobody knows', ['--reporter=nope'], /^wirewrap: There is no reporter 'nope'; see/],
    ['a project that nobody knows', ['--project=nope'], /^wirewrap: There is no project 'nope'; see/],
    ['a configuration that is not there', ['--config=nope.ts'], /^wirewrap: There is no file nope\.ts in /],
    ['a part of the tests that is none', ['--shard=9/2'], /^wirewrap: vitest does not start \(.*shard/],
    ['a pattern that is none', ['-t', '('], /^wirewrap: -t \( is no pattern: /],
    [
      'a file that is not there',
      ['nosuchfile'],
      /^wirewrap: There is no test file whose path has 'nosuchfile' in it: /,
    ],
    [
      'a file that is not there, on two boards',
      ['nosuchfile', '--board=virtual', '--board=virtual?ssl=1.20'],
      /^wirewrap: There is no test file whose path has 'nosuchfile' in it: /,
    ],
    ['results that cannot be written', [], /^wirewrap: Cannot write .*latest\.json \(/, { WIREWRAP_RESULTS: nowhere }],
  ])('%s', async ([, args, message, env]) => {
    const { exitCode, stdout, stderr } = await wirewrap(['test', '--root', suite, ...args], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
    expect(stdout).not.toMatch(/passed|failed/);
  });
});

test('NODE_DEBUG shows where an error that is one sentence came from', async () => {
  const { exitCode, stderr } = await wirewrap(['test', '--root', suite, '--shard=9/2'], { NODE_DEBUG: 'wirewrap:cli' });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^wirewrap: vitest does not start .*\n(.*\n)* +at tellStart .*\n(.*\n)*caused by Error: .*\n +at /m,
  );
});

test('a pattern that no test matches is not a green run', async () => {
  const { exitCode, stdout, stderr } = await wirewrap(['test', '--root', suite, '-t', 'no such name']);
  expect(stdout).toContain('0 passed, 0 failed, 7 skipped');
  expect({ exitCode, stderr: stderr.trim().split('\n').at(-1) }).toEqual({
    exitCode: 2,
    stderr: 'wirewrap: No test has a name that -t no such name matches: nothing was run.',
  });
});

test('a record that cannot be written in the end is one sentence, below the counts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-blocked-'));
  try {
    // Where the board's folder would be.
    await writeFile(join(folder, 'virtual'), '');
    const args = ['test', '--board=virtual', 'module.test.ts', '-t', 'signature/keyword'];
    const { exitCode, stdout, stderr } = await wirewrap(args, { WIREWRAP_RESULTS: folder });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed, \d+ skipped$/);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/^wirewrap: Cannot write .*virtual \((EEXIST|ENOTDIR)\); [^\n]*$/),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Ends it by Ctrl-C, before a bare process does that lives so long: a busy machine holds up both. */
async function interruptedWithin<T>(ms: number, running: Promise<T> & { kill(signal: 'SIGINT'): boolean }): Promise<T> {
  running.kill('SIGINT');
  const bare = execa(process.execPath, ['-e', `setTimeout(() => {}, ${ms})`]);
  const first = await Promise.race([running.then(() => 'wirewrap'), bare.then(() => `a process of ${ms} ms`)]);
  expect(first).toBe('wirewrap');
  return running;
}

describe('Ctrl-C', () => {
  test.for([
    ['a case that waits', 'hangs'],
    ['a case that blocks its worker', 'blocks'],
  ] as const)('ends %s within two seconds and tells what ran', async ([, pattern]) => {
    const args = ['test', '--root', suite, '--board=virtual', '-t', `fails|${pattern}`];
    const running = wirewrap(args, { SLOW: '1' });
    while (!(await hasStarted(running))) await sleep(50);
    await sleep(500);
    const { exitCode, stdout } = await interruptedWithin(2_000, running);
    expect(exitCode).toBe(130);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 passed, \d failed, \d+ skipped$/);
  });
});

test('Ctrl-C keeps the record of what ran, whole, and frees the board', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-interrupted-'));
  await using board = await startVirtualBoard();
  try {
    // Together they take long enough that some are left when the fifth was told.
    const args = ['test', `--board=${board.path}`, 'module.test.ts', 'handshake.test.ts'];
    const running = wirewrap(args, { WIREWRAP_RESULTS: folder });
    await new Promise<void>((resolve) => {
      let output = '';
      running.stdout.on('data', (chunk) => {
        output += chunk;
        if (/ [5-9]\/\d+\+? ok/.test(output)) resolve();
      });
    });
    const { exitCode } = await interruptedWithin(2_000, running);
    expect(exitCode).toBe(130);
    const names = await readdir(folder, { recursive: true });
    // A part of a run is kept, and is not the latest whole one.
    expect(names.filter((name) => name.includes('latest'))).toEqual([]);
    const name = names.find((each) => each.endsWith('Z.json')) ?? '';
    const record = await readRunRecord(join(folder, name));
    expect(record.observations.length).toBeGreaterThanOrEqual(5);
    expect(record.run).toMatchObject({ whole: false, interrupted: true });
    expect(await readLease(leasePath(parseBoard(board.path)) ?? '')).toBeNull();
    // The session was closed: the next one finds the board in order.
    const events: RecoveryEvent[] = [];
    await using session = await openBoard(board.path, { onRecovery: (event) => events.push(event) });
    expect(await session.evaluate('1 + 1')).toBe(2);
    expect(events.map(({ rung, outcome }) => [rung, outcome])).toEqual([['ctrl-c', 'recovered']]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const seen = new WeakMap<object, string>();

/** Whether the slow file is running: its first case was reported. */
async function hasStarted(running: ReturnType<typeof wirewrap>): Promise<boolean> {
  if (!seen.has(running)) {
    seen.set(running, '');
    running.stdout.on('data', (chunk) => seen.set(running, `${seen.get(running)}${chunk}`));
  }
  return seen.get(running)?.includes('ok fails on request') ?? false;
}
