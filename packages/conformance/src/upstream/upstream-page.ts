import { alignedTable } from '../aligned-table.ts';
import type { FindingResult } from '../findings/finding.ts';
import { FINDINGS } from '../findings/findings.ts';
import { findingsOf } from '../findings/findings-of.ts';
import { orderRecords } from '../matrix/matrix-column.ts';
import type { RunRecord } from '../run-record.ts';
import { sourceText } from '../source-line.ts';
import { programOf } from './program-of.ts';
import type { UpstreamReport } from './upstream-report.ts';

/**
 * The page of a finding for a maintainer of MicroPython, in Markdown, with what the records saw.
 *
 * @example for (const report of UPSTREAM_REPORTS) console.log(upstreamPage(report, records));
 */
export function upstreamPage(report: UpstreamReport, records: readonly RunRecord[]): string {
  const finding = FINDINGS.find(({ id }) => id === report.finding);
  const known = report.reported.map((number) => `micropython#${number}`).join(', ');
  return `# ${finding?.title}

${[
  `- Kind: ${finding?.severity}`,
  `- Versions: ${finding?.versions}`,
  `- Reported: ${known || 'no issue found'}`,
  `- For users: ${finding?.advice}`,
].join('\n')}

## Program

${namesIn(report)}

\`\`\`python
${programOf(report.finding).trim()}
\`\`\`

The other end: \`${report.peer.byHand}\`. With Wirewrap, both ends at once:

\`\`\`sh
pnpm exec wirewrap reproduce ${report.finding} --board=/dev/ttyUSB0
\`\`\`

## Seen

${alignedTable([['firmware', 'TLS library', 'seen', 'observed'], ...seenRows(report.finding, records)]).join('\n')}

## Source

${report.sources.map((source) => `- ${sourceText(source)}`).join('\n')}

## Proposal

${report.proposal}
`;
}

/** What the host sets before the program. */
function namesIn({ finding, peer }: UpstreamReport): string {
  const program = programOf(finding);
  const where = peer.role === 'server' ? 'where the server listens' : 'where the board listens';
  const names = [`\`HOST\` and \`PORT\` say ${where}`];
  if (program.includes('CA')) names.push('`CA` is a root certificate as DER');
  if (program.includes('NAME')) names.push('`NAME` is the host of the certificate');
  return `${names.join(', ')}.`;
}

function seenRows(id: string, records: readonly RunRecord[]): string[][] {
  return orderRecords(records).map(([{ name, library }, record]) => {
    const result = findingsOf(record).find((each) => each.id === id);
    return [name, library ?? '?', seenWord(result), escapeCell(result?.observed ?? '')];
  });
}

function seenWord(result: FindingResult | undefined): string {
  if (result === undefined || result.seen === null) return '-';
  return result.seen ? 'yes' : 'no';
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/**
 * The page that lists the others.
 *
 * @example await writeWhole('docs/upstream/README.md', upstreamIndex(UPSTREAM_REPORTS));
 */
export function upstreamIndex(reports: readonly UpstreamReport[]): string {
  const rows = reports.map(({ finding, reported }) => {
    const { severity, title } = FINDINGS.find(({ id }) => id === finding) ?? { severity: '', title: finding };
    const numbers = reported.map((number) => `#${number}`).join(', ');
    return [`[${finding}](${finding}.md)`, severity, title, numbers || '-'];
  });
  return `# Reports for MicroPython

One page for each hole, crash and trap that Wirewrap finds: the smallest program, the firmwares that show it, the lines
in the source and a proposed change. \`wirewrap reproduce FINDING\` runs the program on a board and prints both ends. The
pages are made from the records in \`fixtures/firmware-runs\` by \`node packages/cli/bin/run.mjs scripts/upstream-pages.ts\`; a
test checks that they are up to date.

${alignedTable([['finding', 'kind', 'what', 'reported'], ...rows]).join('\n')}
`;
}
