import { readFile } from 'node:fs/promises';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { ConformanceError } from '../errors.ts';
import { RUN_DETAILS_SCHEMA, type RunDetails } from './case-detail.ts';

/**
 * `results/latest.json` to `results/latest.details.json`.
 *
 * @example detailsPathOf('results/latest.json'); // 'results/latest.details.json'
 */
export function detailsPathOf(recordPath: string): string {
  return `${recordPath.replace(/\.json$/, '')}.details.json`;
}

/**
 * One case a line.
 *
 * @example await writeRunDetails(detailsPathOf('results/latest.json'), details);
 */
export async function writeRunDetails(path: string, { cases, ...rest }: RunDetails): Promise<void> {
  const head = JSON.stringify(rest, null, 2).replace(/\n\}$/, '');
  const lines = cases.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  await writeWhole(path, `${head},\n  "cases": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`);
}

function isDetails(value: unknown): value is RunDetails {
  if (value === null || typeof value !== 'object' || !('schema' in value) || !('cases' in value)) return false;
  const { schema, cases } = value;
  return (
    schema === RUN_DETAILS_SCHEMA &&
    Array.isArray(cases) &&
    cases.every((item) => typeof item?.case === 'string' && Array.isArray(item.handshakes))
  );
}

/**
 * The details beside a record; null where there are none.
 *
 * @example const details = await readRunDetails(detailsPathOf('results/latest.json'));
 * @throws ConformanceError `NOT_A_RECORD` when the file does not hold the details of a run.
 */
export async function readRunDetails(path: string): Promise<RunDetails | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConformanceError(
      'NOT_A_RECORD',
      `${path} is not JSON: ${(error as Error).message}; remove it or run the suites again`,
      {
        cause: error,
      },
    );
  }
  if (isDetails(value)) return value;
  throw new ConformanceError(
    'NOT_A_RECORD',
    `${path} does not hold the details of a run (schema ${RUN_DETAILS_SCHEMA}); remove it or run the suites again`,
  );
}
