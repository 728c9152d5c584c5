import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { CASE_OPTIONS } from '../test-run/case-options.ts';

const { suite, quick, claim, finding, case: cases, shuffle } = CASE_OPTIONS;

export const orderCommand: Command = {
  name: 'order',
  summary: 'Find the case after which another passes or fails: run, halve.',
  positionals: 'CASE',
  options: {
    ...BOARD_OPTIONS,
    shuffle: { ...shuffle, description: 'The order in which CASE ended otherwise: the SEED of that run.' },
    suite: { ...suite, description: 'Only these suites were asked in that run; repeatable.' },
    quick: { ...quick, description: 'Only the cases that a claim or a finding names were asked in that run.' },
    claim: { ...claim, description: 'The cases of this claim were asked in that run; repeatable.' },
    finding: { ...finding, description: 'The cases of this finding were asked in that run; repeatable.' },
    case: { ...cases, description: 'These cases were asked in that run; repeatable.' },
    baseline: { type: 'string', placeholder: 'FILE', description: 'CASE passes when it is as in this record, too.' },
    count: { type: 'string', placeholder: 'N', description: 'How often CASE must show the same. Default 2.' },
    json: jsonOption('the result; the steps go to standard error'),
    wait: WAIT_OPTION,
  },
  notes: [
    'CASE is asked alone, then after the cases of its suite, then after all others, in the order of --shuffle and in the',
    'usual one, each time on a board that was reset. What is needed of that is found by halving.',
    'Examples: wirewrap order stream/write-20000 --shuffle=7 --board=/dev/ttyUSB0',
    'Exit code: 0 it is found, 1 CASE shows the same alone, is intermittent, or the difference does not repeat, 2 bad',
    'input, 130 Ctrl-C.',
  ],
  async run(context) {
    const { values, env, stdout, stderr, signal } = context;
    const count = countOf(values.count);
    const { acquireSession } = await import('@wirewrap/boards');
    const { resolveBoard } = await import('../config/board-target.ts');
    const { formatOrder } = await import('../order/format-order.ts');
    const { planOrder } = await import('../order/plan-order.ts');
    const { searchOrder } = await import('../order/search-order.ts');
    const { orderedCase } = await import('../order/suite-order.ts');
    const { checkBoards } = await import('../test-run/check-boards.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    // Read now, so that a wrong word is found before the board is touched.
    const search = await planOrder(context, seedOf(values.shuffle));
    const board = await resolveBoard(values, env, { onFound: (reason) => void stderr.write(`${reason}\n`) });
    const line = new StatusLine(values.json === true ? stderr : stdout);
    await using stack = new AsyncDisposableStack();
    const [checked] = await checkBoards([board], { context, line, stack, leased: false });
    const session = stack.adopt(await acquireSession(checked?.settings ?? board), (open) => open.release());
    const ordered = await orderedCase(search, session, { signal, onProgress: (what) => line.show(what) });
    const result = await searchOrder(ordered, { count, write: (text) => line.write(text) });
    line.show('');
    stdout.write(values.json === true ? `${JSON.stringify(result, null, 2)}\n` : formatOrder(result));
    return result.verdict === 'found' ? 0 : 1;
  },
};

function countOf(typed: unknown): number {
  const count = typed === undefined ? 2 : Number(typed);
  if (Number.isInteger(count) && count >= 1 && count <= 100) return count;
  throw new CliError('BAD_USAGE', `--count=${String(typed)} is not a number from 1 to 100.`);
}

function seedOf(typed: unknown): number | undefined {
  if (typed === undefined) return undefined;
  const seed = Number(typed);
  if (/^\d+$/.test(String(typed)) && Number.isSafeInteger(seed)) return seed;
  throw new CliError(
    'BAD_USAGE',
    `--shuffle=${String(typed)} is no seed of a run: give the whole number that the run said.`,
  );
}
