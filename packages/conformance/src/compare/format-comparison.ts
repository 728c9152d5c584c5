import { canonicalJson, canonicalValue } from '../observation/canonical-json.ts';
import { describeValue } from '../observation/describe-value.ts';
import type { Comparison, ObservationChange } from './comparison.ts';

/** How a comparison is written. */
export type ComparisonFormat = 'table' | 'json' | 'markdown';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Of lists that are longer than this only the differing items are shown. */
const LONG_LIST = 4;

/** What one list has and the other has not, for the long lists of two values whose other fields are the same. */
function listDifference(before: unknown, after: unknown): [before: string, after: string] | null {
  if (!isFields(before) || !isFields(after)) return null;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]));
  const parts = differing.map((name) => [name, before[name], after[name]] as const);
  const long = parts.every(([, was, is]) => Array.isArray(was) && Array.isArray(is) && was.length > LONG_LIST);
  if (!long) return null;
  const only = (these: unknown, others: unknown): string =>
    (these as unknown[]).filter((item) => !(others as unknown[]).includes(item)).join(', ') || 'nothing more';
  return [
    parts.map(([name, was, is]) => `${name}: only here ${only(was, is)}`).join('; '),
    parts.map(([name, was, is]) => `${name}: only here ${only(is, was)}`).join('; '),
  ];
}

/** In words; as they stand where the words leave out what differs. */
function sides({ change, before, after }: ObservationChange): [before: string, after: string] {
  if (change === 'appeared') return ['-', describeValue(after)];
  if (change === 'vanished') return [describeValue(before), '-'];
  const lists = listDifference(before, after);
  if (lists !== null && lists[0] !== lists[1]) return lists;
  const words: [string, string] = [describeValue(before), describeValue(after)];
  return words[0] === words[1] ? [canonicalJson(before), canonicalJson(after)] : words;
}

/** `changed  CASE`, and what was and is there, a line each. */
export function describeChange(change: ObservationChange): string[] {
  const [before, after] = sides(change);
  return [`${change.change}  ${change.case}`, `  - ${before}`, `  + ${after}`];
}

function headline(comparison: Comparison): string {
  const count = (kind: ObservationChange['change']): number =>
    comparison.observations.filter((change) => change.change === kind).length;
  const intermittent = count('intermittent') === 0 ? '' : `${count('intermittent')} intermittent, `;
  return comparison.changed
    ? `${count('changed')} changed, ${intermittent}${count('appeared')} appeared, ${count('vanished')} vanished, ${comparison.same} the same`
    : `no change in ${comparison.same} observations`;
}

/** Differences between two libraries may be theirs, and none of the firmware. */
function libraryLines({ library }: Comparison): string[] {
  return library === null ? [] : [`The TLS library moved: ${library.before} -> ${library.after}`];
}

/** `18 not compared: the openssl command is not installed on the host (a, b, …)`, a line for each reason. */
function notComparedLines({ notCompared }: Comparison, quote: (name: string) => string): string[] {
  return [...Map.groupBy(notCompared, ({ reason }) => reason)].map(([reason, items]) => {
    const names = items.slice(0, 3).map((item) => quote(item.case));
    return `${items.length} not compared: ${reason} (${names.join(', ')}${items.length > 3 ? ', …' : ''})`;
  });
}

function measurementLine({ name, unit, cases, ratio, shift, p }: Comparison['measurements'][number]): string {
  const amount = ratio === null ? `${shift > 0 ? '+' : ''}${Math.round(shift)}` : `${ratio.toFixed(2)} times as much`;
  return `${name} (${unit}): ${amount} over ${cases} cases (p ${p < 0.0001 ? '< 0.0001' : `= ${p.toFixed(4)}`})`;
}

function asTable(comparison: Comparison): string {
  const lines = [`before: ${comparison.before}`, `after:  ${comparison.after}`];
  lines.push(...libraryLines(comparison), headline(comparison));
  lines.push(...notComparedLines(comparison, String), '');
  lines.push(...comparison.observations.flatMap(describeChange));
  if (comparison.verdicts.length > 0) lines.push('', 'Verdicts:');
  for (const verdict of comparison.verdicts) {
    lines.push(`  ${verdict.id}: ${verdict.before ?? '-'} -> ${verdict.after ?? '-'}  (${verdict.statement})`);
  }
  if (comparison.measurements.length > 0) lines.push('', 'Measurements (no behaviour):');
  for (const measurement of comparison.measurements) lines.push(`  ${measurementLine(measurement)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

function asMarkdown(comparison: Comparison): string {
  const lines = [`### ${headline(comparison)}`, '', `Before: ${comparison.before}  `, `After: ${comparison.after}`];
  lines.push(...libraryLines(comparison).flatMap((line) => ['', cell(line)]));
  if (comparison.observations.length > 0) {
    lines.push('', '| case | | before | after |', '|---|---|---|---|');
    for (const change of comparison.observations) {
      const [before, after] = sides(change);
      lines.push(`| \`${change.case}\` | ${change.change} | ${cell(before)} | ${cell(after)} |`);
    }
  }
  if (comparison.verdicts.length > 0) {
    lines.push('', '| statement | before | after |', '|---|---|---|');
    for (const verdict of comparison.verdicts) {
      lines.push(
        `| ${cell(verdict.statement)} (\`${verdict.id}\`) | ${verdict.before ?? '-'} | ${verdict.after ?? '-'} |`,
      );
    }
  }
  const left = notComparedLines(comparison, (name) => `\`${name}\``);
  if (left.length > 0) lines.push('', ...left.map((line) => `- ${cell(line)}`));
  if (comparison.measurements.length > 0) lines.push('', 'Measurements (apart from behaviour):', '');
  for (const measurement of comparison.measurements) lines.push(`- ${measurementLine(measurement)}`);
  return `${lines.join('\n')}\n`;
}

/**
 * A comparison for the terminal, for programs, or for a pull request.
 *
 * @example process.stdout.write(formatComparison(compareRuns(before, after), 'markdown'));
 */
export function formatComparison(comparison: Comparison, format: ComparisonFormat = 'table'): string {
  if (format === 'json') return `${JSON.stringify(canonicalValue(comparison), null, 2)}\n`;
  return format === 'markdown' ? asMarkdown(comparison) : asTable(comparison);
}
