import { type BoardConfig, type BoardSettings, configuredBoard, uniqueLabels } from '@wirewrap/boards';
import { textsOf } from '../arguments.ts';
import type { PortInfo } from '../board/serial-ports.ts';
import { CliError } from '../errors.ts';
import { findBoard } from './find-board.ts';
import { loadConfig } from './load-config.ts';
import { readWifiFile } from './wifi.ts';

type Values = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

export interface ResolveOptions {
  /** Called with the sentence that says which board it is and why, where nobody named one. */
  readonly onFound?: (reason: string) => void;
  /** Whether the virtual board may be named twice, for two of them. Default false. */
  readonly twins?: boolean;
  /** The serial ports of this machine. */
  readonly ports?: () => Promise<readonly PortInfo[]>;
}

/**
 * Resolves `--board` (URLs, names and `tag:NAME` of wirewrap.config.ts), else WIREWRAP_BOARD, else the only ESP32 that is
 * plugged in, else the virtual board.
 */
export async function resolveBoards(
  values: Values,
  env: Environment,
  options: ResolveOptions = {},
): Promise<BoardSettings[]> {
  const named = ([values.board ?? []].flat() as string[]).filter((word) => word !== '');
  const asked = named.length > 0 || !env.WIREWRAP_BOARD ? named : [env.WIREWRAP_BOARD];
  const { boards } = await loadConfig(env);
  const words = asked.length > 0 ? asked : [await findUrl(options)];
  for (const word of words) await rejectUnknownName(word, Object.keys(boards));
  const entries = words.flatMap((word): { name?: string; config: BoardConfig }[] => {
    const board = Object.hasOwn(boards, word) ? boards[word] : undefined;
    if (board) return [{ name: word, config: board }];
    if (word.startsWith('tag:')) return pickTagged(boards, word.slice('tag:'.length));
    return [{ config: { url: word } }];
  });
  const unique = entries.filter(
    ({ config }, index) =>
      (options.twins === true && /^virtual(\?|$)/.test(config.url)) ||
      entries.findIndex((other) => other.config.url === config.url) === index,
  );
  const wifi = env.WIREWRAP_WIFI_SSID === undefined ? await readWifiFile() : undefined;
  const flags = networkFlags(values);
  const settings = unique.map(({ name, config }) =>
    configuredBoard({ ...config, wifi: config.wifi ?? wifi, ...flags }, env, name),
  );
  for (const { elf } of settings) if (elf !== undefined) await requireElf(elf);
  const labels = uniqueLabels(settings.map(({ label }) => label));
  return settings.map((each, index) => ({ ...each, label: labels[index] ?? each.label }));
}

/** Loaded when it is needed: the library for serial ports brings native code along. */
async function portsHere(): Promise<readonly PortInfo[]> {
  const { listPorts } = await import('../board/serial-ports.ts');
  return await listPorts();
}

async function findUrl({ onFound, ports = portsHere }: ResolveOptions): Promise<string> {
  const { url, reason } = findBoard(await ports());
  onFound?.(reason);
  return url;
}

/** The one board of a command that takes one. */
export async function resolveBoard(
  values: Values,
  env: Environment,
  options: ResolveOptions = {},
): Promise<BoardSettings> {
  const [target, ...more] = await resolveBoards(values, env, options);
  if (target && more.length === 0) return target;
  throw new CliError('BAD_USAGE', `--board=${String(values.board)} picks several boards, and this command takes one.`);
}

/** Read now, so that a wrong file is told before the run and not at the panic. */
async function requireElf(path: string): Promise<void> {
  const { readElf } = await import('@wirewrap/repl-driver/panics');
  await readElf(path).catch((cause: Error) => {
    throw new CliError('BAD_FILE', cause.message, { cause });
  });
}

function pickTagged(boards: Readonly<Record<string, BoardConfig>>, tag: string) {
  const picked = Object.entries(boards).filter(([, { tags }]) => tags?.includes(tag));
  if (picked.length > 0) return picked.map(([name, config]) => ({ name, config }));
  throw new CliError('BAD_USAGE', `No board in wirewrap.config.ts has the tag '${tag}'.`);
}

/** A word without a slash or a colon is no URL: it was meant to be a name. */
async function rejectUnknownName(word: string, names: readonly string[]): Promise<void> {
  if (names.includes(word) || /[/:]/.test(word) || /^virtual(\?|$)/.test(word)) return;
  const { didYouMean } = await import('@wirewrap/certgen/near-words');
  const meant = didYouMean(names, word);
  const known =
    meant !== null
      ? `${meant} Its boards are ${names.join(', ')}`
      : names.length > 0
        ? `its boards are ${names.join(', ')}`
        : 'it has none yet';
  throw new CliError(
    'BAD_USAGE',
    `'${word}' is neither a board URL (such as /dev/ttyUSB0, tcp://host:port or virtual) nor a board of wirewrap.config.ts: ${known}.`,
  );
}

/** What the options of every command that takes boards say of the network and the firmware. */
function networkFlags(values: Values): Partial<BoardConfig> {
  const text = textsOf(values);
  const port = text('board-port');
  if (port !== undefined && !/^\d{1,5}$/.test(port)) {
    throw new CliError('BAD_USAGE', `--board-port=${port} is not a port number.`);
  }
  const flags = {
    host: text('host'),
    listen: text('listen'),
    address: text('board-address'),
    port: port === undefined ? undefined : Number(port),
    elf: text('elf'),
  };
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
