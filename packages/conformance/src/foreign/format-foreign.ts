import type { ForeignRecord } from './foreign-record.ts';
import { FOREIGN_LABELS, FOREIGN_ROLES, type ForeignLabel, type ForeignRole } from './foreign-result.ts';
import { FOREIGN_SUITES } from './foreign-suite.ts';

/**
 * Counts by label and role, then what needs a look.
 *
 * @example process.stdout.write(formatForeignRecord(await readForeignRecord('results/bogo.json', 'bogo')));
 */
export function formatForeignRecord({ schema, results }: ForeignRecord): string {
  const title = Object.values(FOREIGN_SUITES).find((suite) => suite.schema === schema)?.title ?? schema;
  const roles = FOREIGN_ROLES.filter((role) => results.some((result) => result.role === role));
  const count = (label: ForeignLabel, role: ForeignRole): string =>
    String(results.filter((result) => result.label === label && result.role === role).length).padStart(8);
  const labels = FOREIGN_LABELS.filter((label) => results.some((result) => result.label === label));
  const lines = [
    `${title}: ${results.length} cases`,
    `${''.padEnd(14)}${roles.map((role) => role.padStart(8)).join('')}`.trimEnd(),
    ...labels.map((label) => `${label.padEnd(14)}${roles.map((role) => count(label, role)).join('')}`),
  ];
  for (const label of ['unexplained', 'lost'] as const) {
    const of = results.filter((result) => result.label === label);
    if (of.length > 0)
      lines.push('', `${label}:`, ...of.map(({ id, observed, reason }) => `  ${id}  ${observed ?? reason}`));
  }
  return `${lines.join('\n')}\n`;
}
