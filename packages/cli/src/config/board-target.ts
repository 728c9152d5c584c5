import { type BoardTarget, labelBoards } from '@wirewrap/boards';
import { CliError } from '../errors.ts';
import { loadConfig } from './load-config.ts';
import { wifiEnvironment } from './wifi.ts';
import type { BoardConfig } from './wirewrap-config.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Options of every command that takes boards, and the variables that they set. */
export const networkFlags = {
  host: 'WIREWRAP_HOST',
  listen: 'WIREWRAP_LISTEN',
  'board-address': 'WIREWRAP_BOARD_ADDRESS',
  'board-port': 'WIREWRAP_BOARD_PORT',
} as const;

/** Resolves `--board` (URLs, names and `tag:NAME` of wirewrap.config.ts), else WIREWRAP_BOARD, else the virtual board. */
export async function resolveBoards(
  values: Readonly<Record<string, unknown>>,
  env: Environment,
): Promise<BoardTarget[]> {
  const asked = ([values.board ?? []].flat() as string[]).filter((word) => word !== '');
  const words = asked.length > 0 ? asked : [env.WIREWRAP_BOARD || 'virtual'];
  const { boards } = await loadConfig(env);
  const named = words.flatMap((word): { name?: string; config: BoardConfig }[] => {
    const board = Object.hasOwn(boards, word) ? boards[word] : undefined;
    if (board) return [{ name: word, config: board }];
    if (word.startsWith('tag:')) return pickTagged(boards, word.slice('tag:'.length));
    rejectUnknownName(word, Object.keys(boards));
    return [{ config: { url: word } }];
  });
  const unique = named.filter(
    ({ config }, index) => named.findIndex((other) => other.config.url === config.url) === index,
  );
  const labels = labelBoards(unique.map(({ name, config }) => name ?? config.url));
  return await Promise.all(
    unique.map(async ({ config }, index) => ({
      url: config.url,
      label: labels[index] ?? config.url,
      config,
      env: { ...(await boardEnvironment(config, env)), ...flagEnvironment(values) },
    })),
  );
}

/** The one board of a command that takes one. */
export async function resolveBoard(values: Readonly<Record<string, unknown>>, env: Environment): Promise<BoardTarget> {
  const [target, ...more] = await resolveBoards(values, env);
  if (target && more.length === 0) return target;
  throw new CliError('BAD_USAGE', `--board=${String(values.board)} picks several boards, and this command takes one.`);
}

function pickTagged(boards: Readonly<Record<string, BoardConfig>>, tag: string) {
  const picked = Object.entries(boards).filter(([, { tags }]) => tags?.includes(tag));
  if (picked.length > 0) return picked.map(([name, config]) => ({ name, config }));
  throw new CliError('BAD_USAGE', `No board in wirewrap.config.ts has the tag '${tag}'.`);
}

/** A word without a slash or a colon is no URL: it was meant to be a name. */
function rejectUnknownName(word: string, names: readonly string[]): void {
  if (/[/:]/.test(word) || /^virtual(\?|$)/.test(word)) return;
  const known = names.length > 0 ? `its boards are ${names.join(', ')}` : 'there is none yet';
  throw new CliError(
    'BAD_USAGE',
    `'${word}' is neither a board URL (such as /dev/ttyUSB0, tcp://host:port or virtual) nor a board of wirewrap.config.ts: ${known}.`,
  );
}

async function boardEnvironment(config: BoardConfig, env: Environment): Promise<Record<string, string>> {
  const settings: Record<string, string | undefined> = {
    WIREWRAP_BOARD: config.url,
    WIREWRAP_HOST: config.host,
    WIREWRAP_LISTEN: config.listen,
    WIREWRAP_BOARD_ADDRESS: config.address,
    WIREWRAP_BOARD_PORT: config.port?.toString(),
    WIREWRAP_POWER_CYCLE: config.powerCycle,
    ...(await wifiEnvironment(config.wifi, env)),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

function flagEnvironment(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [flag, name] of Object.entries(networkFlags)) {
    const value = values[flag];
    if (typeof value !== 'string') continue;
    if (flag === 'board-port' && !/^\d{1,5}$/.test(value)) {
      throw new CliError('BAD_USAGE', `--board-port=${value} is not a port number.`);
    }
    env[name] = value;
  }
  return env;
}
