import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { debug } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import type { BoardKind, Line, StartedBoard } from './board-kind.ts';

const run = promisify(execFile);

/** A place of labgrid, which is acquired from its coordinator; labgrid has its own locks. */
export interface LabgridPlace {
  readonly scheme: 'labgrid';
  readonly place: string;
}

export interface LabgridOptions {
  /** Milliseconds for each call of labgrid-client. Default 20,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Default `labgrid-client`, from PATH. It takes the coordinator from its own environment (LG_COORDINATOR, LG_CROSSBAR). */
  readonly command?: string;
}

function parseLabgridUrl(url: string): LabgridPlace {
  const place = /^labgrid:([^\s/?]+)$/.exec(url)?.[1];
  if (!place) throw new BoardsError('BAD_URL', `The board URL '${url}' names no place: labgrid:PLACE.`);
  return { scheme: 'labgrid', place };
}

/** Acquires a place, finds its serial port, and releases the place when it is disposed of. */
export async function acquireLabgridPlace(place: string, options: LabgridOptions = {}): Promise<StartedBoard> {
  await callLabgrid(['-p', place, 'acquire'], options);
  // A process that ends without disposing (Ctrl-C twice, a crash) must not keep the place.
  const releaseAtExit = (): void => {
    spawn(options.command ?? 'labgrid-client', ['-p', place, 'release'], { stdio: 'ignore', detached: true }).unref();
  };
  process.once('exit', releaseAtExit);
  const release = async (): Promise<void> => {
    process.off('exit', releaseAtExit);
    await callLabgrid(['-p', place, 'release'], { ...options, signal: undefined });
  };
  try {
    const environment = await callLabgrid(['-p', place, 'env'], options);
    return { line: findSerialPort(place, environment), [Symbol.asyncDispose]: release };
  } catch (error) {
    await release().catch((swallowed) => debug('%s is not released: %s', place, swallowed));
    throw error;
  }
}

/** Reads `labgrid-client env`: `targets: PLACE: resources: [- NetworkSerialPort: { host, port, speed, protocol }]`. */
export function findSerialPort(place: string, environment: string): Line {
  const targets = (parse(environment) as { targets?: Record<string, { resources?: unknown }> } | null)?.targets;
  const resources = Object.values(targets ?? {}).flatMap((target) => (target?.resources ?? []) as unknown[]);
  const ports = resources.flatMap((resource) => {
    const port = (resource as { NetworkSerialPort?: Record<string, unknown> } | null)?.NetworkSerialPort;
    return port ? [port] : [];
  });
  const [port] = ports;
  if (!port || ports.length > 1) {
    const found = ports.length > 1 ? `${ports.length} of them` : 'none';
    throw new BoardsError(
      'NO_SUCH_PORT',
      `The labgrid place '${place}' must export one serial port (NetworkSerialPort), and there is ${found}; see \`labgrid-client -p ${place} show\`.`,
    );
  }
  const address = { host: String(port.host), port: Number(port.port) };
  if (port.protocol === 'raw') return { scheme: 'tcp', ...address };
  return { scheme: 'rfc2217', ...address, baudRate: Number(port.speed ?? 115_200) };
}

export const labgridKind: BoardKind<LabgridPlace> = {
  parse: parseLabgridUrl,
  label: ({ place }) => place,
  leaseKey: () => null,
  start: ({ place }, { signal }) => acquireLabgridPlace(place, { signal }),
};

async function callLabgrid(args: readonly string[], options: LabgridOptions): Promise<string> {
  const { command = 'labgrid-client', deadlineMs = 20_000, signal } = options;
  try {
    return (await run(command, [...args], { timeout: deadlineMs, signal, encoding: 'utf8' })).stdout;
  } catch (cause) {
    throw explain(command, args, deadlineMs, cause as Failure);
  }
}

type Failure = Error & { code?: string | number; killed?: boolean; stderr?: string; stdout?: string };

function explain(command: string, args: readonly string[], deadlineMs: number, cause: Failure): Error {
  const call = `\`${command} ${args.join(' ')}\``;
  if (cause.name === 'AbortError') return cause;
  if (cause.code === 'ENOENT') {
    const remedy = 'install labgrid (Debian: apt-get install labgrid; else pip install labgrid)';
    return new BoardsError('MISSING_TOOL', `There is no ${command} on PATH; ${remedy}.`, { cause });
  }
  if (cause.killed) {
    return new BoardsError('DEADLINE', `${call} did not end within ${deadlineMs} ms; is the coordinator up?`, {
      cause,
    });
  }
  const said = `${cause.stderr ?? ''}\n${cause.stdout ?? ''}`.trim().split('\n').at(-1)?.trim() ?? '';
  const busy = /already acquired|not idle/.test(said);
  return new BoardsError(busy ? 'PORT_BUSY' : 'NO_SUCH_PORT', `${call} failed: ${said || cause.message}.`, {
    cause,
  });
}
