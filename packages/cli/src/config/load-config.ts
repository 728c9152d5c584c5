import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';
import type { BoardConfig, WirewrapConfig } from './wirewrap-config.ts';

type Kind = 'string' | 'number' | 'object' | 'array';

const fields: Readonly<Record<keyof BoardConfig, Kind>> = {
  url: 'string',
  wifi: 'object',
  host: 'string',
  listen: 'string',
  address: 'string',
  port: 'number',
  start: 'string',
  startDeadlineMs: 'number',
  powerCycle: 'string',
  tags: 'array',
};

/** Reads the configuration: WIREWRAP_CONFIG, else `wirewrap.config.ts` here or in the repository; none is fine. */
export async function loadConfig(env: Readonly<Record<string, string | undefined>>): Promise<WirewrapConfig> {
  const path = findConfig(env);
  if (path === null) return { boards: {} };
  let loaded: { default?: unknown };
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('BAD_CONFIG', `${path} could not be loaded: ${reason}.`, { cause });
  }
  const problem = findProblem(loaded.default);
  if (problem) throw new CliError('BAD_CONFIG', `${path}: ${problem} (see docs/boards.md).`);
  return loaded.default as WirewrapConfig;
}

function findConfig(env: Readonly<Record<string, string | undefined>>): string | null {
  if (env.WIREWRAP_CONFIG) {
    const path = resolve(env.WIREWRAP_CONFIG);
    if (existsSync(path)) return path;
    throw new CliError('BAD_CONFIG', `WIREWRAP_CONFIG names ${path}, and there is no such file.`);
  }
  const candidates = [process.cwd(), workspaceRoot].map((folder) => join(folder, 'wirewrap.config.ts'));
  return candidates.find((path) => existsSync(path)) ?? null;
}

/** What is wrong with a configuration, naming the field; null when it is sound. */
export function findProblem(config: unknown): string | null {
  const boards = (config as { boards?: unknown } | undefined)?.boards;
  if (kindOf(boards) !== 'object') return 'the default export needs `boards`, an object of boards by name';
  for (const [name, board] of Object.entries(boards as Record<string, unknown>)) {
    if (kindOf(board) !== 'object') return `board '${name}' must be an object with a \`url\``;
    const values = board as Record<string, unknown>;
    if (values.url === undefined) return `board '${name}' has no \`url\``;
    for (const [field, value] of Object.entries(values)) {
      const kind = Object.hasOwn(fields, field) ? fields[field as keyof BoardConfig] : undefined;
      if (!kind) return `board '${name}' has an unknown field '${field}'; known are ${Object.keys(fields).join(', ')}`;
      if (value !== undefined && kindOf(value) !== kind) return `board '${name}': \`${field}\` must be of type ${kind}`;
    }
  }
  return null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
