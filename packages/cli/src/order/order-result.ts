import type { Shown } from './shown.ts';

/** The schema that `wirewrap order --json` names. */
export const ORDER_SCHEMA = 'wirewrap.order/1';

/**
 * How a search ended. `found`: the case depends on what `after` names; `independent`: it shows the same alone and after all
 * others; `intermittent`: it does not show the same each time alone; `not-repeated`: what it showed once did not come again.
 */
export type OrderVerdict = 'found' | 'independent' | 'intermittent' | 'not-repeated';

/** What a search for a predecessor found: what `--json` prints. */
export interface OrderResult {
  readonly schema: typeof ORDER_SCHEMA;
  readonly case: string;
  readonly verdict: OrderVerdict;
  /** The order in which it was found, as words; null where none was. */
  readonly order: string | null;
  /** The cases that must run before, in their order; empty unless it was found. */
  readonly after: readonly string[];
  /** What it showed in each run alone. */
  readonly alone: readonly Shown[];
  /** What it showed in each run after others that was not as alone and was to repeat; empty where there was none. */
  readonly together: readonly Shown[];
  /** Values of runs that were neither as alone nor as after all. */
  readonly neither: readonly Shown[];
  /** Why there is no answer; null where there is one. */
  readonly why: string | null;
  /** How many runs it took. */
  readonly runs: number;
}
