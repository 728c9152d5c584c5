import { alignedTable } from '../aligned-table.ts';
import { ConformanceError } from '../errors.ts';
import { CORPUS_SCHEMA } from '../record/results-file.ts';
import { type SuiteRecord, suiteTitle } from './suite-record.ts';

/** A case of a foreign suite that two records do not show alike; null where one lacks it. */
export interface SuiteChange {
  readonly id: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What two records of one foreign suite show. */
export interface SuiteComparison {
  readonly suite: string;
  readonly changed: boolean;
  /** Cases that both hold and show alike. */
  readonly same: number;
  readonly changes: readonly SuiteChange[];
}

/**
 * Compares two records of one foreign suite, case by case: label and failure, of a corpus the label alone. `common`: only the
 * cases that both hold; default: all.
 *
 * @example compareSuites(before, after).changes; // [{ id: 'KeyUpdate-ToClient', before: 'passed', after: 'lost' }]
 * @throws ConformanceError `OTHER_SCHEMA` when they are of two suites
 */
export function compareSuites(
  before: SuiteRecord,
  after: SuiteRecord,
  { common = false }: { readonly common?: boolean } = {},
): SuiteComparison {
  const [suite, other] = [suiteTitle(before), suiteTitle(after)];
  if (suite !== other) {
    throw new ConformanceError(
      'OTHER_SCHEMA',
      `One record is of ${suite}, the other of ${other}; compare two records of one suite.`,
    );
  }
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort();
  const all = ids.map((id): SuiteChange => ({ id, before: old.get(id) ?? null, after: now.get(id) ?? null }));
  const asked = common ? all.filter((each) => each.before !== null && each.after !== null) : all;
  const changes = asked.filter((each) => each.before !== each.after);
  return { suite, changed: changes.length > 0, same: asked.length - changes.length, changes };
}

function wordsOf({ schema, results }: SuiteRecord): Map<string, string> {
  const seen = (observed: string | null | undefined): string =>
    schema === CORPUS_SCHEMA || observed == null ? '' : `: ${observed}`;
  return new Map(results.map(({ id, label, observed }) => [id, `${label}${seen(observed)}`]));
}

/**
 * Writes a comparison for people, for a pull request, or as JSON.
 *
 * @example process.stdout.write(formatSuiteComparison(compareSuites(before, after), 'table'));
 */
export function formatSuiteComparison(comparison: SuiteComparison, format: 'table' | 'json' | 'markdown'): string {
  if (format === 'json') return `${JSON.stringify(comparison, null, 2)}\n`;
  const { suite, changes, same } = comparison;
  const head = `${suite}: ${changes.length === 0 ? 'no change' : `${changes.length} changed`}, ${same} the same`;
  const lines = changes.map(({ id, before, after }) => `changed  ${id}\n  - ${before ?? '-'}\n  + ${after ?? '-'}`);
  if (format === 'table') return `${[head, ...lines].join('\n')}\n`;
  const rows = changes.map(({ id, before, after }) => [`\`${id}\``, before ?? '-', after ?? '-']);
  return `${[head, ...(rows.length === 0 ? [] : ['', ...alignedTable([['case', 'before', 'after'], ...rows])])].join('\n')}\n`;
}
