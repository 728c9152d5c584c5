import { isSiegeSuite, readBaseline, selectCases } from '@wirewrap/conformance';
import type { CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { caseSelection } from '../test-run/case-flags.ts';
import { casesUntil, type SuiteSearch } from './suite-order.ts';

const SELECTING = ['suite', 'quick', 'claim', 'finding', 'case'] as const;

/** Reads what was typed, before a board is touched: the case, and what else was asked in the run in which it ended otherwise. */
export async function planOrder(
  { values, positionals, env }: Pick<CommandContext, 'values' | 'positionals' | 'env'>,
  seed: number | undefined,
): Promise<SuiteSearch> {
  const [id, extra] = positionals;
  if (id === undefined || extra !== undefined) {
    throw new CliError('BAD_USAGE', 'Name the one case that ended otherwise: wirewrap order CASE --shuffle=SEED.');
  }
  const [item, second] = selectCases({ cases: [id] });
  if (item === undefined || second !== undefined) {
    throw new CliError('BAD_USAGE', `${id} stands for several cases: name one of them.`);
  }
  const chosen = Object.fromEntries(
    SELECTING.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  const typed = await caseSelection({ values: chosen, env }, []);
  const isAll = Object.keys(typed).length === 0;
  const selection = isAll && isSiegeSuite(item.suite) ? { suites: [item.suite] } : typed;
  // Thrown now, where the case is not among them.
  casesUntil(item.id, selection, seed);
  const file = values.baseline as string | undefined;
  const reviewed = file === undefined ? null : await readBaseline(file);
  const baseline = reviewed && new Map(reviewed.observations.map((each) => [each.case, each.value]));
  return { id: item.id, selection, seed, baseline };
}
