import { alignedTable } from '../aligned-table.ts';
import { ALL_CASES } from '../cases/index.ts';
import { CLAIMS } from '../claims/index.ts';
import { FINDINGS } from '../findings/findings.ts';

type Row = readonly string[];

const escaped = (text: string): string => text.replaceAll('<', '&lt;');
/** A name of Python's, such as do_handshake, stays as it is written. */
const capitalized = (text: string): string =>
  /^\w*_/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

function table(head: Row, rows: readonly Row[]): string {
  return alignedTable([head, ...rows.map((row) => row.map(escaped))]).join('\n');
}

function findingsTable(): string {
  return table(
    ['', 'what', 'versions', 'what to do'],
    FINDINGS.map(({ id, severity, title, versions, advice }) => [severity, `${title} (\`${id}\`)`, versions, advice]),
  );
}

function statements(): string {
  const head = ['source', 'role', 'versions', 'statement', 'known deviations'];
  const topics = [...Map.groupBy(CLAIMS, ({ topic }) => topic)].map(([topic, claims]) => {
    const rows = claims.map(({ id, source, role, firmware, statement, deviations }) => [
      source,
      role,
      firmware === '*' ? 'all' : firmware,
      `${statement} (\`${id}\`)`,
      deviations.map(({ reason }) => reason).join('; ') || '-',
    ]);
    return `### ${capitalized(topic)}\n\n${table(head, rows)}`;
  });
  return topics.join('\n\n');
}

const STATEMENTS = '## The statements\n\n';

/**
 * docs/claims.md with what is made of the code brought up to date: the table of findings, the number of cases, the
 * statements. What is prose stays.
 *
 * @example await writeWhole('docs/claims.md', claimsPage(await readFile('docs/claims.md', 'utf8')));
 */
export function claimsPage(page: string): string {
  const [prose = ''] = page.split(STATEMENTS);
  const text = prose
    .replace(/^\| +\| what [\s\S]*?\|\n(?!\|)/m, () => `${findingsTable()}\n`)
    .replace(/(?<=`packages\/conformance\/src\/cases`, )[\d,]+/, () => ALL_CASES.length.toLocaleString('en'));
  return `${text}${STATEMENTS}${statements()}\n`;
}
