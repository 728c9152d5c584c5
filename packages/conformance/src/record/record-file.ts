import { readFile } from 'node:fs/promises';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { ConformanceError } from '../errors.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import { RUN_RECORD_SCHEMA, type RunRecord } from '../run-record.ts';
import { withoutHostWords } from './host-words.ts';
import { FIRST_SCHEMA, upgradeRecord } from './upgrade-record.ts';

/** One observation a line, so that a baseline's difference reads well in a review. */
function formatRunRecord(record: RunRecord): string {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  return [
    '{',
    `  "schema": ${JSON.stringify(record.schema)},`,
    `  "board": ${JSON.stringify(canonicalValue(record.board), null, 2).replaceAll('\n', '\n  ')},`,
    ...(record.run === undefined ? [] : [`  "run": ${JSON.stringify(record.run, null, 2).replaceAll('\n', '\n  ')},`]),
    `  "claims": ${list(record.claims)},`,
    `  "observations": ${list(record.observations)},`,
    `  "measurements": ${list(record.measurements)}`,
    '}\n',
  ].join('\n');
}

/**
 * Writes a run record whole or not at all, one observation a line.
 *
 * @example await writeRunRecord('results/mine.json', record);
 */
export async function writeRunRecord(path: string, record: RunRecord): Promise<void> {
  await writeWhole(path, formatRunRecord(record));
}

function isList(value: unknown, test: (item: Record<string, unknown>) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => item !== null && typeof item === 'object' && test(item as Record<string, unknown>))
  );
}

/**
 * Checks that a parsed value is a RunRecord, and brings one of an older version up to date; `where` names it in the error.
 *
 * @example parseRunRecord(JSON.parse(text), 'results/latest.json');
 * @throws ConformanceError `NOT_A_RECORD` or `OTHER_SCHEMA` when the value is no run record that this version reads.
 */
export function parseRunRecord(value: unknown, where: string): RunRecord {
  if (value === null || typeof value !== 'object' || !('schema' in value)) {
    throw new ConformanceError(
      'NOT_A_RECORD',
      `${where} is not a run record: it has no "schema"; give a file that wirewrap test wrote`,
    );
  }
  const record = value as Record<string, unknown>;
  if (record.schema !== RUN_RECORD_SCHEMA && record.schema !== FIRST_SCHEMA) {
    throw new ConformanceError(
      'OTHER_SCHEMA',
      `${where} has schema ${JSON.stringify(record.schema)}, this version reads ${RUN_RECORD_SCHEMA} and ${FIRST_SCHEMA}; run the suites again to write a new one`,
    );
  }
  const bad = [
    ['board', record.board !== null && typeof record.board === 'object' && !Array.isArray(record.board)],
    ['claims', isList(record.claims, (item) => typeof item.id === 'string' && typeof item.verdict === 'string')],
    ['run', record.run === undefined || (record.run !== null && typeof record.run === 'object')],
    ['observations', isList(record.observations, (item) => typeof item.case === 'string' && 'value' in item)],
    [
      'measurements',
      isList(record.measurements, (item) => typeof item.case === 'string' && typeof item.value === 'number'),
    ],
  ].filter(([, good]) => good !== true);
  if (bad.length > 0) {
    throw new ConformanceError(
      'NOT_A_RECORD',
      `${where} is not a whole run record: ${bad.map(([field]) => `"${field}"`).join(', ')} missing or malformed; run the suites again`,
    );
  }
  const whole = value as RunRecord;
  return withoutHostWords(record.schema === FIRST_SCHEMA ? upgradeRecord(whole, RUN_RECORD_SCHEMA) : whole);
}

/**
 * Reads a run record, those of older schemas too. Fails with `NO_SUCH_FILE`, `NOT_A_RECORD` or `OTHER_SCHEMA`.
 *
 * @example const { board, observations } = await readRunRecord('results/latest.json');
 */
export async function readRunRecord(path: string): Promise<RunRecord> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ConformanceError(
      'NO_SUCH_FILE',
      `Cannot read the run record ${path} (${(error as NodeJS.ErrnoException).code}); name a file that wirewrap test wrote, such as results/latest.json`,
      { cause: error },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConformanceError('NOT_A_RECORD', `${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  return parseRunRecord(value, path);
}
