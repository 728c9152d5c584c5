import type { BoardSession } from '@wirewrap/boards';
import {
  askInOrder,
  boardFacts,
  type CaseAnswer,
  type CaseSelection,
  describeValue,
  isLost,
  isUnavailable,
  type ListedCase,
  type Suspicion,
  selectCases,
  suspicionOf,
} from '@wirewrap/conformance';
import { CliError } from '../errors.ts';
import { FilesAtFirst } from './files-at-first.ts';
import type { OrderedCase, RunOrder } from './ordered-case.ts';
import type { Shown } from './shown.ts';

/** What is searched for: a case, and what else was asked in the run in which it ended otherwise. */
export interface SuiteSearch {
  readonly id: string;
  readonly selection: CaseSelection;
  /** Seed of the order; undefined for the usual one alone. */
  readonly seed: number | undefined;
  /** Values of a reviewed record by case; null without one. */
  readonly baseline: ReadonlyMap<string, unknown> | null;
}

export interface OrderedCaseOptions {
  readonly signal: AbortSignal;
  /** Called with what is asked, and how far the run is. */
  readonly onProgress: (what: string) => void;
}

/** A case of the suites: in the order of a seed, where there is one, and in the usual one. */
export async function orderedCase(
  search: SuiteSearch,
  session: BoardSession,
  { signal, onProgress }: OrderedCaseOptions,
): Promise<OrderedCase> {
  const { id, selection, seed, baseline } = search;
  const files = await FilesAtFirst.of(session.board);
  const { capabilities } = await boardFacts(session.board, session.url);
  const isSuspicious = suspicionOf(capabilities, baseline);
  const orderOf = (of: number | undefined): RunOrder => {
    const cases = casesUntil(id, selection, of);
    const suite = cases.at(-1)?.suite;
    const before = cases.slice(0, -1).map((item) => ({ name: item.id, near: item.suite === suite }));
    return {
      called: of === undefined ? 'the usual order' : `the order of --shuffle=${of}`,
      before: async () => before,
      ask: async (kept) => {
        await files.restore(session.board, { signal });
        const wanted = new Set([...kept, id]);
        const asked = cases.filter((item) => wanted.has(item.id));
        let begun = 0;
        const onCase = (name: string): void => {
          begun += 1;
          onProgress(`${begun}/${asked.length} ${name}`);
        };
        return shownBy(await askInOrder(session, asked, { signal, onCase }), id, isSuspicious);
      },
    };
  };
  const orders = seed === undefined ? [orderOf(undefined)] : [orderOf(seed), orderOf(undefined)];
  return { name: id, group: 'suite', orders };
}

/** The case and what runs before it, in order. */
export function casesUntil(id: string, selection: CaseSelection, seed: number | undefined): readonly ListedCase[] {
  const cases = selectCases({ ...selection, ...(seed === undefined ? {} : { shuffle: seed }) });
  const at = cases.findIndex((item) => item.id === id);
  if (at >= 0) return cases.slice(0, at + 1);
  throw new CliError('BAD_USAGE', `${id} is not among the cases that the options choose: choose its suite, too.`);
}

function shownBy({ value, detail }: CaseAnswer, id: string, isSuspicious: Suspicion): Shown {
  const { error } = detail;
  if (value === undefined) return { value: { error }, verdict: 'fails', text: error ?? 'nothing' };
  const text = describeValue(value);
  if (isLost(value) || isUnavailable(value)) return { value, verdict: null, text };
  return { value, verdict: error !== undefined || isSuspicious(id, value) ? 'fails' : 'passes', text };
}
