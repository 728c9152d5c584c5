import { type FieldChecks, fieldsOf, listOf, type OptionCheck, object, text } from '@wirewrap/tls-lab/option-check';
import type { BoardConfig } from './wirewrap-config.ts';

const port: OptionCheck = (value, path) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? null
    : `${path} must be a port, a number from 1 to 65535`;

const milliseconds: OptionCheck = (value, path) =>
  typeof value === 'number' && value > 0 ? null : `${path} must be a number of milliseconds above 0`;

/** Says nothing of the value: a password of digits may be written without quotes. */
const secret: OptionCheck = (value, path) => (typeof value === 'string' ? null : `${path} must be a string`);

const WIFI_FIELDS: FieldChecks<NonNullable<BoardConfig['wifi']>> = { ssid: text, password: secret, country: text };

const wifi: OptionCheck = (value, path) => {
  const problem = object(value, path);
  if (problem !== null) return problem;
  if ((value as { ssid?: unknown }).ssid === undefined) return `${path} has no \`ssid\``;
  return fieldsOf(WIFI_FIELDS)(value, path);
};

const BOARD_FIELDS: FieldChecks<BoardConfig> = {
  url: text,
  wifi,
  host: text,
  listen: text,
  address: text,
  port,
  start: text,
  startDeadlineMs: milliseconds,
  powerCycle: text,
  webreplPassword: secret,
  elf: text,
  tags: listOf(text),
};

const board: OptionCheck = (value, path) => {
  const problem = object(value, path);
  if (problem !== null) return problem;
  const { url } = value as { url?: unknown };
  if (url === undefined || url === '') return `${path} has no \`url\``;
  return fieldsOf(BOARD_FIELDS)(value, path);
};

/** What is wrong with a configuration, naming the field; null when nothing is. Never quotes a value: one is a password. */
export function findProblem(config: unknown): string | null {
  const boards = object(config, '') === null ? (config as { boards?: unknown }).boards : undefined;
  if (object(boards, '') !== null) return 'the default export needs `boards`, an object of boards by name';
  for (const [name, each] of Object.entries(boards as object)) {
    const problem = board(each, `board '${name}'`);
    if (problem !== null) return problem;
  }
  return null;
}
