import type { RunRecord } from '../run-record.ts';
import { sourceText } from '../source-line.ts';
import { buildMatrix } from './build-matrix.ts';
import { EXPLANATIONS } from './explanations.ts';
import { formatMatrix } from './format-matrix.ts';
import { UPGRADE_NOTES } from './upgrade-notes.ts';

const INTRO = `# Firmwares side by side

What unmodified ESP32 firmware did, from the run records in \`fixtures/firmware-runs\`. The records are of an emulator with Wi-Fi; where
one says less than a whole run of today, the list below says so. \`wirewrap matrix RUN.json…\` makes the same table of your own runs.
This page is made by \`node packages/cli/bin/run.mjs scripts/firmwares-page.ts\`.
`;

/**
 * docs/firmwares.md: the matrix of the records that the repository holds, and what an upgrade changes.
 *
 * @example await writeWhole('docs/firmwares.md', firmwaresPage(records));
 */
export function firmwaresPage(records: readonly RunRecord[]): string {
  const matrix = buildMatrix(records);
  const notes = UPGRADE_NOTES.map(({ from, to, text }) => `### From ${from} to ${to}\n\n${text}\n`);
  const table = formatMatrix(matrix, { format: 'markdown' });
  return `${INTRO}\n${table}\n## What an upgrade changes\n\n${notes.join('\n')}\n${why()}`;
}

/** The reasons, each with the line of somebody's source. */
function why(): string {
  const parts = EXPLANATIONS.map(({ title, rows, text, sources }) => {
    const links = sources.map((source) => `- ${sourceText(source)}`).join('\n');
    return `### ${title}\n\n${rows.map((row) => `\`${row}\``).join(', ')}\n\n${text}\n${links && `\n${links}\n`}`;
  });
  return `## Why\n\n${parts.join('\n')}`;
}
