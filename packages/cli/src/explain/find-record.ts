import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { askedCases, readRunRecord, recordsOf } from '@wirewrap/conformance';
import { instead } from '../debug.ts';
import { CliError } from '../errors.ts';

/** The newest record below `folder` (`results/`) whose run asked the case. Fails with `NO_SUCH_FILE` when none did. */
export async function newestRecordOf(id: string, folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(instead([], `listing ${folder}`));
  const boards = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const paths = (await Promise.all(boards.map((board) => recordsOf(board)))).flat();
  // Their names are times.
  for (const path of paths.toSorted((a, b) => basename(b).localeCompare(basename(a)))) {
    const record = await readRunRecord(path);
    if (askedCases(record)?.has(id) ?? true) return path;
  }
  throw new CliError(
    'BAD_FILE',
    `No record in ${folder} has asked the case ${id}; run it with \`wirewrap test --case='${id}'\`, or name a record.`,
  );
}
