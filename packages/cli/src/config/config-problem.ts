import { nearWords } from '@wirewrap/certgen';
import type { BoardConfig } from './wirewrap-config.ts';

/** What a field must be: the words for a person, and whether a value is that. */
interface Kind {
  readonly wanted: string;
  fits(value: unknown): boolean;
}

const text: Kind = { wanted: 'of type string', fits: (value) => typeof value === 'string' };
const port: Kind = {
  wanted: 'of type number, a port from 1 to 65535',
  fits: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535,
};
const milliseconds: Kind = {
  wanted: 'of type number, milliseconds above 0',
  fits: (value) => typeof value === 'number' && value > 0,
};
const texts: Kind = {
  wanted: 'an array of strings',
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};
const object: Kind = { wanted: 'of type object', fits: isObject };

const boardFields: Readonly<Record<keyof BoardConfig, Kind>> = {
  url: text,
  wifi: object,
  host: text,
  listen: text,
  address: text,
  port,
  start: text,
  startDeadlineMs: milliseconds,
  powerCycle: text,
  tags: texts,
};

const wifiFields: Readonly<Record<keyof NonNullable<BoardConfig['wifi']>, Kind>> = {
  ssid: text,
  password: text,
  country: text,
};

/** What is wrong with a configuration, naming the field; null when nothing is. Never quotes a value: one is a password. */
export function findProblem(config: unknown): string | null {
  const boards = isObject(config) ? config.boards : undefined;
  if (!isObject(boards)) return 'the default export needs `boards`, an object of boards by name';
  for (const [name, board] of Object.entries(boards)) {
    if (!isObject(board)) return `board '${name}' must be an object with a \`url\``;
    if (board.url === undefined || board.url === '') return `board '${name}' has no \`url\``;
    const problem = fieldProblem(`board '${name}'`, board, boardFields) ?? wifiProblem(name, board.wifi);
    if (problem !== null) return problem;
  }
  return null;
}

function wifiProblem(name: string, wifi: unknown): string | null {
  if (!isObject(wifi)) return null;
  if (wifi.ssid === undefined) return `\`wifi\` of board '${name}' has no \`ssid\``;
  return fieldProblem(`\`wifi\` of board '${name}'`, wifi, wifiFields);
}

function fieldProblem(
  what: string,
  values: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Kind>>,
): string | null {
  for (const [field, value] of Object.entries(values)) {
    const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!kind) return `${what} has an unknown field '${field}'; ${meant(field, Object.keys(fields))}`;
    if (value !== undefined && !kind.fits(value)) return `${what}: \`${field}\` must be ${kind.wanted}`;
  }
  return null;
}

function meant(field: string, known: readonly string[]): string {
  const near = nearWords(known, field);
  return near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${known.join(', ')}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
