import type { ForeignLabel, ForeignResult } from '@wirewrap/conformance';
import { globMatches } from './glob.ts';

/** Cases of a foreign suite that are known to fail, and why: data, in the suite's own file. */
export interface KnownCase {
  /** Globs of cases. */
  readonly cases: readonly string[];
  /** Part of what is seen of the failure, so that the same case failing otherwise is no known failure. */
  readonly says?: string;
  readonly reason: string;
  /** The finding or claim of ours that it confirms. */
  readonly confirms?: string;
  /** What a firmware that this row does not concern can do. */
  readonly unless?: 'tls13';
}

/** Whether a firmware can do what rows name. */
export type Abilities = Readonly<Record<NonNullable<KnownCase['unless']>, boolean>>;

/** The rows that concern a firmware. */
export function rowsFor<T extends KnownCase>(rows: readonly T[], can: Abilities): T[] {
  return rows.filter(({ unless }) => unless === undefined || !can[unless]);
}

type KnownResult = Pick<ForeignResult, 'observed' | 'reason'> & {
  readonly label: Extract<ForeignLabel, 'expected' | 'unexplained'>;
};

/** A failure that a row explains is `expected`, with its reason; any other is `unexplained`. */
export function judgeFailure(rows: readonly KnownCase[], id: string, observed: string): KnownResult {
  const row = rows.find(
    ({ cases, says }) => cases.some((glob) => globMatches(glob, id)) && (says === undefined || observed.includes(says)),
  );
  if (row === undefined) return { label: 'unexplained', observed, reason: null };
  const confirms = row.confirms === undefined ? '' : ` (${row.confirms})`;
  return { label: 'expected', observed, reason: `${row.reason}${confirms}` };
}
