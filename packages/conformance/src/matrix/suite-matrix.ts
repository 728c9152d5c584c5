import { type SuiteRecord, suiteTitle } from './suite-record.ts';

/** One record of a suite as a column. */
export interface SuiteColumn {
  /** Short and unique, such as `linux 1.26.1`. */
  readonly name: string;
  /** What ran: the engine or machine, and the TLS library. */
  readonly what: string;
  /** Cases by label, in the order of their first appearance in the record. */
  readonly counts: Readonly<Record<string, number>>;
}

/** One case of a suite, firmware by firmware. */
export interface SuiteRow {
  readonly id: string;
  /** Labels in the columns' order; null where a record lacks the case. */
  readonly labels: readonly (string | null)[];
  /** The first reason that a record gives; null where none does. */
  readonly reason: string | null;
}

/** What firmwares made of one suite of others. */
export interface SuiteMatrix {
  readonly title: string;
  readonly columns: readonly SuiteColumn[];
  /** By id. */
  readonly rows: readonly SuiteRow[];
}

interface BoardFacts {
  readonly version?: string;
  readonly platform?: string;
  readonly machine?: string;
  readonly virtual?: { readonly engine?: string; readonly mbedtls?: string } | null;
}

/**
 * Puts records of foreign suites and corpora side by side, a matrix a suite, oldest firmware first.
 *
 * @example const [bogo] = buildSuiteMatrices([before, after]);
 */
export function buildSuiteMatrices(records: readonly SuiteRecord[]): SuiteMatrix[] {
  const suites = Map.groupBy(records, suiteTitle);
  return [...suites].map(([title, of]) => matrixOf(title, of));
}

function matrixOf(title: string, records: readonly SuiteRecord[]): SuiteMatrix {
  const ordered = records.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }));
  const seen = new Map<string, number>();
  const columns = ordered.map((record) => {
    const name = nameOf(record);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, what: whatOf(record), counts: countsOf(record) };
  });
  const byId = ordered.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  const ids = new Set(byId.flatMap((cases) => [...cases.keys()]));
  const rows = [...ids].sort().map((id) => {
    const cases = byId.map((each) => each.get(id));
    return {
      id,
      labels: cases.map((each) => each?.label ?? null),
      reason: cases.find((each) => typeof each?.reason === 'string')?.reason ?? null,
    };
  });
  return { title, columns, rows };
}

function nameOf({ board }: SuiteRecord): string {
  const { platform = 'unknown', version = 'unknown' } = board as BoardFacts;
  return `${platform} ${version}`;
}

function whatOf({ board }: SuiteRecord): string {
  const { machine, virtual } = board as BoardFacts;
  const library = virtual?.mbedtls === undefined ? [] : [`Mbed TLS ${virtual.mbedtls}`];
  return [virtual?.engine ?? machine ?? 'unknown', ...library].join('; ');
}

function countsOf({ results }: SuiteRecord): Record<string, number> {
  const groups = Map.groupBy(results, ({ label }) => label);
  return Object.fromEntries([...groups].map(([label, cases]) => [label, cases.length]));
}
