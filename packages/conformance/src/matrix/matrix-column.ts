import { ALL_CASES } from '../cases/index.ts';
import { isBeyondMemory, isLost } from '../observation/not-observed.ts';
import type { RunRecord } from '../run-record.ts';
import type { MatrixColumn } from './matrix.ts';

interface BoardFacts {
  readonly version?: string;
  readonly platform?: string;
  readonly machine?: string;
  readonly build?: string;
  readonly fingerprints?: { readonly ja3: string; readonly ja4: string };
  readonly capabilities?: { readonly engine?: string | null; readonly hardware?: boolean };
}

/** Cases of which so many may be missing before a record is called partial: those of a newer suite. */
const FEW_MISSING = 0.02;

/**
 * The columns of some records, oldest firmware first, each platform for itself, and the records in that order.
 *
 * @example const oldestFirst = orderRecords(records).map(([, record]) => record);
 */
export function orderRecords(records: readonly RunRecord[]): readonly (readonly [MatrixColumn, RunRecord])[] {
  const named = records
    .map((record): [MatrixColumn, RunRecord] => [columnOf(record), record])
    .toSorted(([a], [b]) => Number(b.hardware) - Number(a.hardware) || order(a, b));
  const seen = new Map<string, number>();
  return named.map(([column, record]) => {
    const count = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, count);
    return [count === 1 ? column : { ...column, name: `${column.name} (${count})` }, record];
  });
}

function order(a: MatrixColumn, b: MatrixColumn): number {
  return a.platform.localeCompare(b.platform) || a.version.localeCompare(b.version, 'en', { numeric: true });
}

function columnOf(record: RunRecord): MatrixColumn {
  const {
    version = 'unknown',
    platform = 'unknown',
    machine,
    build = '',
    capabilities,
    fingerprints,
  } = record.board as BoardFacts;
  return {
    name: `${platform} ${version}`,
    version,
    platform,
    machine: machine ?? platform,
    library: capabilities?.engine ?? null,
    build,
    ja3: fingerprints?.ja3 ?? null,
    ja4: fingerprints?.ja4 ?? null,
    hardware: capabilities?.hardware === true,
    notes: notesOf(record),
  };
}

function notesOf({ observations }: RunRecord): string[] {
  const beyond = observations.filter(({ value }) => isBeyondMemory(value)).length;
  const lost = observations.filter(({ value }) => isLost(value)).length - beyond;
  const held = new Set(observations.map((observation) => observation.case));
  const missing = ALL_CASES.filter(({ id }) => !held.has(id)).length;
  const partial = missing > ALL_CASES.length * FEW_MISSING;
  return [
    ...(partial ? [`${held.size} of ${ALL_CASES.length} cases: a filtered or older run`] : []),
    ...(lost > 0 ? [`${lost} ${lost === 1 ? 'case' : 'cases'} lost`] : []),
    ...(beyond > 0 ? [`${beyond} ${beyond === 1 ? 'case needs' : 'cases need'} more memory than the board has`] : []),
  ];
}
