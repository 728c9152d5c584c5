import { CliError } from '../errors.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const SHAPE = /^(?:\d+(?:\.\d+)?[smhd])+$/;

/**
 * Milliseconds of a length such as `8h`, `90m`, `1h30m` or `45s`.
 *
 * @param option the option that it was given to, for the error
 * @throws CliError `BAD_USAGE` for anything else, and for nothing
 * @example parseDuration('1h30m', '--for'); // 5_400_000
 */
export function parseDuration(text: string, option: string): number {
  const parts = SHAPE.test(text) ? [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)] : [];
  const ms = parts.reduce((total, [, count, unit]) => total + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  if (ms > 0) return ms;
  throw new CliError('BAD_USAGE', `${option}=${text} is no length of time; write it as 30s, 90m, 8h, 1h30m or 2d.`);
}

/**
 * A length of time for the eye: `45 s`, `12 min`, `8 h 5 min`.
 *
 * @example formatDuration(29_100_000); // '8 h 5 min'
 */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
