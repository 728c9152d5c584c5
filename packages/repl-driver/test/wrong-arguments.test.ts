import type { StandardSchemaV1 } from '@standard-schema/spec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, openBoard, py } from '../src/index.ts';
import { type Bench, openBench } from './helpers.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.board.exec('ran = []');
});
afterAll(() => bench[Symbol.asyncDispose]());

const failing = (validate: () => never): StandardSchemaV1<unknown, never> => ({
  '~standard': { version: 1, vendor: 'test', validate },
});
const RUNS = 'ran.append(1)';

describe('what the types would refuse is BAD_VALUE in one sentence, and the board runs nothing', () => {
  const calls: [string, RegExp, (board: Board) => Promise<unknown>][] = [
    ['no code', /code must be a string/, (board) => board.exec(undefined as never)],
    ['no expression', /code must be a string/, (board) => board.evaluate(null as never)],
    ['a number to stream', /code must be a string/, (board) => board.stream(5 as never)],
    ['a reset that is none', /'soft', 'run' or 'power'/, (board) => board.reset('hard' as never)],
    ['a schema that is none', /Standard Schema/, (board) => board.evaluate(RUNS, { schema: {} as never })],
    [
      'a JSON schema',
      /Standard Schema/,
      (board) => board.evaluate(py`ran.append(1)`, { schema: { type: 'null' } as never }),
    ],
    ['no path', /path/, (board) => board.files.stat(undefined as never)],
  ];
  test.for(calls)('%s', async ([, message, call]) => {
    const { board, recoveries } = bench;
    const before = recoveries.length;
    await expect(call(board)).rejects.toMatchObject({ code: 'BAD_VALUE', message: expect.stringMatching(message) });
    await expect(board.evaluate('ran')).resolves.toEqual([]);
    expect(recoveries.length).toBe(before);
  });

  test('no URL', async () => {
    await expect(openBoard(undefined as never)).rejects.toMatchObject({ code: 'BAD_URL' });
  });
});

test.for<[string, () => never]>([
  [
    'throws',
    () => {
      throw new Error('boom');
    },
  ],
  ['rejects', (() => Promise.reject(new Error('boom'))) as never],
])('a schema that %s is told as such', async ([, validate]) => {
  await expect(bench.board.evaluate('1', { schema: failing(validate) })).rejects.toMatchObject({
    code: 'BAD_VALUE',
    message: expect.stringMatching(/^The schema itself failed .*boom/),
    cause: expect.objectContaining({ message: 'boom' }),
  });
});
