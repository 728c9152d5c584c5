import { formatTable } from '../table.ts';
import { formatDuration } from './parse-duration.ts';
import type { SoakRecord, SoakRole, SoakTrend } from './soak-record.ts';

const ROLES: readonly SoakRole[] = ['client', 'server'];

const rounded = (value: number): string => String(Number(value.toPrecision(2)));

const VERDICTS: Readonly<Record<SoakTrend['verdict'], string>> = {
  level: 'level',
  grows: 'GROWS',
  unclear: 'unclear: more connections would tell',
};

/**
 * How a curve moved, in a sentence's words.
 *
 * @example describeTrend(trend); // '0 bytes a connection (95 %: -0.4 to 0.3)'
 */
export function describeTrend({ perConnection, low, high, unit }: SoakTrend): string {
  return `${rounded(perConnection)} ${unit} a connection (95 %: ${rounded(low)} to ${rounded(high)})`;
}

/**
 * The verdict in one line.
 *
 * @example soakSentence(record); // 'Held for 8 h: 9,600 connections, no error, no reset, nothing grows.'
 */
export function soakSentence({ connections, problems, tookMs, end, trends }: SoakRecord): string {
  const count = (connections.client.done + connections.server.done).toLocaleString('en');
  const length = `${formatDuration(tookMs)}${end === 'interrupted' ? ', interrupted' : ''}`;
  if (problems.length > 0) return `Did not hold, ${length}: ${problems.join('; ')}.`;
  const unclear = trends.filter(({ verdict }) => verdict === 'unclear').map(({ name }) => name);
  const slopes =
    trends.length === 0
      ? 'too few readings for a slope'
      : unclear.length > 0
        ? `${unclear.join(' and ')} unclear`
        : 'nothing grows';
  return `Held for ${length}: ${count} connections, no error, no reset, ${slopes}.`;
}

function handshakesOf({ readings }: SoakRecord, role: SoakRole): readonly [string, string, string] {
  const paces = readings.flatMap(({ pace }) => pace[role] ?? []);
  const medians = paces.flatMap(({ medianMs }) => medianMs ?? []);
  const of = (value: number | undefined): string => (value === undefined ? '-' : `${Math.round(value)} ms`);
  const longest = Math.max(...paces.flatMap(({ longestMs }) => longestMs ?? []));
  return [of(medians[0]), of(medians.at(-1)), medians.length === 0 ? '-' : of(longest)];
}

/** What a person reads at the end: connections, slopes, resets, the first errors, the verdict. */
export function formatSoak(record: SoakRecord): string {
  const { connections, trends, resets, errors, note } = record;
  const rows = ROLES.filter((role) => connections[role].done > 0).map((role) => {
    const { done, failed } = connections[role];
    return [role, String(done), String(failed), ...handshakesOf(record, role)];
  });
  const header = ['ROLE', 'CONNECTIONS', 'FAILED', 'HANDSHAKE FIRST', 'LAST', 'LONGEST'];
  const curves = trends.map((trend) => [trend.name, describeTrend(trend), VERDICTS[trend.verdict]]);
  const at = (ms: number): string => `after ${formatDuration(ms)}`;
  const lines = [
    ...resets.slice(0, 10).map(({ atMs, reason }) => `reset ${at(atMs)}: ${reason}`),
    ...errors.slice(0, 10).map(({ atMs, role, text }) => `failed ${at(atMs)}, as ${role}: ${text}`),
    ...(note === null ? [] : [note]),
  ].map((line) => `${line.replace(/\s*\n\s*/g, ' ')}\n`);
  return [
    formatTable(header, rows),
    ...(curves.length === 0 ? [] : ['\n', formatTable(['HELD', 'SLOPE', 'VERDICT'], curves)]),
    ...(lines.length === 0 ? [] : ['\n', ...lines]),
    `\n${soakSentence(record)}\n`,
  ].join('');
}
