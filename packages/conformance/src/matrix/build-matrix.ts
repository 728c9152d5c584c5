import { PROFILES } from '@wirewrap/certgen';
import { FAULTS } from '@wirewrap/tls-lab';
import { CLAIMS } from '../claims/index.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { findingsOf } from '../findings/findings-of.ts';
import type { RunRecord } from '../run-record.ts';
import { contradictionsOf } from './contradictions.ts';
import type { Matrix, MatrixCell, MatrixColumn, MatrixKind, MatrixRow, MatrixStep } from './matrix.ts';
import { claimCell, findingCell, judgedCell, outcomeCell } from './matrix-cells.ts';
import { orderRecords } from './matrix-column.ts';
import { historyOf } from './matrix-history.ts';

const CHECKED = 'client/required/';
const FAULT_OF_CLIENT = 'fault/';
const FAULT_OF_SERVER = 'fault/server/';

type Values = ReadonlyMap<string, unknown>;

/**
 * Puts run records side by side: findings, claims, certificates with CERT_REQUIRED and faults, a column a record.
 *
 * @example formatMatrix(buildMatrix([await readRunRecord('a.json'), await readRunRecord('b.json')]))
 */
export function buildMatrix(records: readonly RunRecord[]): Matrix {
  const ordered = orderRecords(records);
  const columns = ordered.map(([column]) => column);
  const sorted = ordered.map(([, record]) => record);
  const values = sorted.map(({ observations }) => new Map(observations.map((each) => [each.case, each.value])));
  const row = (kind: MatrixKind, id: string, title: string, cells: readonly MatrixCell[]): MatrixRow => ({
    kind,
    id,
    title,
    cells,
    history: historyOf(columns, cells),
  });
  const findings = sorted.map(findingsOf);
  return {
    columns,
    rows: [
      ...(findings[0] ?? []).map(({ id, title }, index) =>
        row(
          'finding',
          id,
          title,
          findings.flatMap((results, at) => findingCellsAt(results, index, values[at] ?? new Map())),
        ),
      ),
      ...CLAIMS.map((claim) =>
        row(
          'claim',
          claim.id,
          claim.statement,
          sorted.map(({ claims }, at) =>
            claimCell(
              claim,
              claims.find(({ id }) => id === claim.id),
              values[at] ?? new Map(),
            ),
          ),
        ),
      ),
      ...suffixes(values, CHECKED).map((profile) =>
        row('certificate', profile, profileTitle(profile), certificateCells(values, profile)),
      ),
      ...FAULTS.flatMap(({ name, does }) => [
        row('fault', name, `board as client: ${does}`, outcomes(values, `${FAULT_OF_CLIENT}${name}`)),
        row('fault', `server/${name}`, `board as server: ${does}`, outcomes(values, `${FAULT_OF_SERVER}${name}`)),
      ]),
    ].filter(({ cells }) => cells.some(({ word }) => word !== 'not run')),
    steps: stepsOf(columns, sorted),
    contradictions: columns.flatMap((column, index) =>
      contradictionsOf(column, findings[index] ?? [], values[index] ?? new Map()),
    ),
  };
}

function findingCellsAt(results: ReturnType<typeof findingsOf>, index: number, values: Values): MatrixCell[] {
  const result = results[index];
  return result === undefined ? [] : [findingCell(result, values)];
}

function outcomes(values: readonly Values[], id: string): MatrixCell[] {
  return values.map((each) => outcomeCell(id, each.get(id)));
}

function certificateCells(values: readonly Values[], profile: string): MatrixCell[] {
  const row = profileOf(profile);
  const mayAccept = row === undefined ? null : row.refuse === null;
  return values.map((each) => judgedCell(`${CHECKED}${profile}`, each.get(`${CHECKED}${profile}`), mayAccept));
}

function profileOf(name: string): (typeof PROFILES)[number] | undefined {
  return PROFILES.find((profile) => profile.name === name);
}

function profileTitle(name: string): string {
  const profile = profileOf(name);
  return profile?.wrong ?? profile?.what ?? name;
}

function suffixes(values: readonly Values[], prefix: string): string[] {
  const names = values.flatMap((each) => [...each.keys()]).filter((name) => name.startsWith(prefix));
  return [...new Set(names.map((name) => name.slice(prefix.length)))].sort();
}

function stepsOf(columns: readonly MatrixColumn[], records: readonly RunRecord[]): MatrixStep[] {
  return columns.flatMap((after, index) => {
    const before = columns[index - 1];
    const [old, now] = [records[index - 1], records[index]];
    if (before === undefined || old === undefined || now === undefined || before.platform !== after.platform) return [];
    const { observations, same } = compareRuns(old, now, { common: true });
    return [{ before: before.name, after: after.name, changed: observations.map((change) => change.case), same }];
  });
}
