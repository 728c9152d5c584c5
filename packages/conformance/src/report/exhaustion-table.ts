import { describeValue } from '../observation/describe-value.ts';
import type { Measurement, RunRecord } from '../run-record.ts';

/** One case of the suite `exhaustion`: its outcome, and its numbers. */
export interface ExhaustionRow {
  readonly case: string;
  readonly value: string;
  readonly numbers: string;
}

const UNITS: Readonly<Record<Measurement['unit'], string>> = { ms: ' ms', bytes: ' bytes', count: '' };

function numberOf({ name, unit, value }: Measurement): string {
  return `${name} ${Math.round(value).toLocaleString('en')}${UNITS[unit]}`;
}

/** The cases of the suite `exhaustion` in a run, with their numbers; empty when the run asked none of them. */
export function exhaustionTableOf({ observations, measurements }: RunRecord): readonly ExhaustionRow[] {
  return observations
    .filter(({ case: id }) => id.startsWith('exhaustion/'))
    .map(({ case: id, value }) => ({
      case: id.slice('exhaustion/'.length),
      value: describeValue(value),
      numbers: measurements
        .filter((measurement) => measurement.case === id && !measurement.name.startsWith('C heap'))
        .map(numberOf)
        .join(', '),
    }));
}
