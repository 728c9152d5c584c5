import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Board, py, type ReplDriverError } from '../src/index.ts';
import { openBench } from './helpers.ts';

const SECRET = 'pa55"wörd\\';
const KEY = `-----BEGIN PRIVATE KEY-----\n${'TUlJRXB3SUJBQUtDQVFFQTBaM1ZTNUpK\n'.repeat(80)}-----END PRIVATE KEY-----\n`;

const failures: [string, (board: Board) => Promise<unknown>][] = [
  ['an exception', (board) => board.exec(py`raise ValueError(${SECRET})`)],
  ['a long program', (board) => board.exec(py`p = ${SECRET}; k = ${KEY}; y = ${'z'.repeat(900)}; ${py`1/0`}`)],
  ['a deadline', (board) => board.exec(py`print(${SECRET}); input()`, { deadlineMs: 300 })],
  ['a value that is no literal', (board) => board.evaluate(py`[${SECRET}, object()]`)],
  [
    'a marker that does not come',
    async (board) => {
      await using program = await board.stream(py`print(${SECRET}); input()`);
      await program.waitFor('never', { deadlineMs: 300 });
    },
  ],
];

test.for(failures)('no secret is told, and the traffic is: %s', async ([, fail]) => {
  await using bench = await openBench({}, { secrets: [SECRET] });
  const error = (await fail(bench.board).catch((reason: unknown) => reason)) as ReplDriverError;
  const { traffic, message, stack, code } = error;
  expect(code).toMatch(/PYTHON|DEADLINE|BAD_VALUE/);
  expect(traffic).toMatch(/\((?:secret|private key)\)/);
  const told = {
    traffic,
    message,
    stack,
    traceback: Reflect.get(error, 'traceback'),
    came: Reflect.get(error, 'cameInstead'),
  };
  expect(JSON.stringify(told)).not.toMatch(/pa55|TUlJ/);
});

describe('every error carries the traffic', () => {
  const others: [string, (board: Board) => Promise<unknown>][] = [
    ['a schema', (board) => board.evaluate('1', { schema: schemaThat(() => ({ issues: [{ message: 'no' }] })) })],
    ['a marker, the program ended', async (board) => (await board.stream('print(1)')).waitFor('2')],
    [
      'input for a program that ended',
      async (board) => {
        const program = await board.stream('print(1)');
        await program.finished;
        await program.write(Buffer.from('a'));
      },
    ],
    [
      'a session that was closed',
      async (board) => {
        await board.exec('pass');
        await board.close();
        await board.exec('pass');
      },
    ],
  ];
  test.for(others)('%s', async ([, fail]) => {
    await using bench = await openBench();
    await expect(fail(bench.board)).rejects.toMatchObject({ traffic: expect.stringMatching(/^[<>] /) });
  });

  test("a schema's answer is not waited for past the deadline", async () => {
    await using bench = await openBench();
    const never = schemaThat(() => new Promise<never>(() => {}));
    await expect(bench.board.evaluate('1', { schema: never, deadlineMs: 300 })).rejects.toMatchObject({
      code: 'DEADLINE',
    });
  });
});

test('a record holds no secret, also when it came in two pieces', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-record-'));
  try {
    const record = join(folder, 'session.jsonl');
    {
      await using bench = await openBench({}, { record, secrets: ['hunter2secret'] });
      await bench.board.exec(
        "import sys,time\nsys.stdout.write('hunter2')\ntime.sleep_ms(100)\nsys.stdout.write('secret')\n" +
          `x = 'hunter2secret'`,
      );
    }
    const recorded = readFileSync(record, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const dir of ['host', 'board']) {
      const hex = recorded.flatMap((entry) => (entry.dir === dir ? [entry.hex] : [])).join('');
      expect(Buffer.from(hex, 'hex').toString('latin1')).not.toContain('hunter2secret');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

function schemaThat(validate: () => unknown) {
  return { '~standard': { version: 1 as const, vendor: 'test', validate: validate as () => never } };
}
