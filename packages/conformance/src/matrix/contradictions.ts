import type { FindingResult } from '../findings/finding.ts';
import { speaksOf } from '../verdict/firmware-range.ts';
import type { MatrixColumn } from './matrix.ts';
import { wasAskedWhole } from './matrix-cells.ts';

/**
 * Findings whose version range a record of real firmware contradicts. The virtual board does not count: its library is
 * the distribution's, whatever the version of MicroPython is.
 */
export function contradictionsOf(
  column: MatrixColumn,
  findings: readonly FindingResult[],
  values: ReadonlyMap<string, unknown>,
): string[] {
  if (!column.hardware) return [];
  return findings.flatMap((finding) => {
    const { id, range, seen, observed } = finding;
    if (seen === null || (!seen && !wasAskedWhole(finding, values))) return [];
    if (speaksOf(range, column.version) === seen) return [];
    return seen
      ? [`${column.name} has ${id}, which its range ${range} leaves out: ${observed}.`]
      : [`${column.name} is free of ${id}, which its range ${range} includes: ${observed}.`];
  });
}
