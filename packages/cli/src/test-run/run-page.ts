import { join, relative } from 'node:path';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { tellUnwritable } from '../unwritable.ts';

/**
 * Writes the page of a run, one column a record. Resolves with its path as a reader types it, or with why it could not be
 * written, which is reported below the counts.
 */
export async function writeRunPage(
  records: readonly string[],
  folder: string = resultsFolder,
): Promise<string | CliError> {
  const { loadRun, writeHtmlReport } = await import('../report/index.ts');
  const out = join(folder, 'report.html');
  try {
    await tellUnwritable(out, writeHtmlReport({ runs: await Promise.all(records.map(loadRun)), history: [], out }));
  } catch (cause) {
    if (cause instanceof CliError) return cause;
    throw cause;
  }
  const path = relative(process.cwd(), out);
  return path.startsWith('..') ? out : path;
}
