import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BoardsError, type BoardsErrorCode } from '../errors.ts';

const run = promisify(execFile);

/** How labgrid's own client is called; the coordinator's address is in its environment. */
export interface LabgridClient {
  /** `labgrid-client`, or a path. */
  readonly command: string;
  /** Milliseconds for each call. */
  readonly deadlineMs: number;
}

/**
 * One call of `labgrid-client`: what it printed.
 *
 * @example await callLabgrid(['-p', 'desk', 'acquire'], { command: 'labgrid-client', deadlineMs: 20_000 });
 * @throws BoardsError `MISSING_TOOL`; `DEADLINE`; `HOST` when the coordinator cannot be reached; `PORT_BUSY` when somebody else
 *   has the place; `NOT_HELD` when a place that is given back is not ours; `NO_SUCH_PORT` with what labgrid said otherwise
 */
export async function callLabgrid(
  args: readonly string[],
  client: LabgridClient,
  signal?: AbortSignal,
): Promise<string> {
  const { command, deadlineMs } = client;
  try {
    return (await run(command, [...args], { timeout: deadlineMs, signal, encoding: 'utf8' })).stdout;
  } catch (cause) {
    throw explain(client, args, cause as Failure);
  }
}

type Failure = Error & { code?: string | number; killed?: boolean; stderr?: string; stdout?: string };

/** How labgrid says that somebody has what was asked for, in 0.4 and in 26. */
const BUSY = /already acquired|not idle|was not reserved for/;
/** How it says that a place that is given back is not ours. */
const NOT_HELD = /is not acquired|acquired by a different user/;
/** How it says that there is no coordinator; seen with 26.0.1. */
const UNREACHABLE = /could not connect to coordinator|coordinator is unavailable|connection refused/i;

function explain({ command, deadlineMs }: LabgridClient, args: readonly string[], cause: Failure): Error {
  const call = `\`${command} ${args.join(' ')}\``;
  if (cause.name === 'AbortError') return cause;
  if (cause.code === 'ENOENT') {
    const remedy = 'install labgrid (Debian: apt-get install labgrid; else pip install labgrid)';
    return new BoardsError('MISSING_TOOL', `There is no ${command} on PATH; ${remedy}.`, { cause });
  }
  if (cause.killed) {
    const message = `${call} did not end within ${deadlineMs} ms; is the coordinator up?`;
    return new BoardsError('DEADLINE', message, { cause });
  }
  const said = `${cause.stdout ?? ''}\n${cause.stderr ?? ''}`.trim();
  const last = said.split('\n').at(-1)?.trim() || cause.message;
  if (UNREACHABLE.test(said)) {
    const message = `${call} did not reach the coordinator (${last}); see LG_COORDINATOR.`;
    return new BoardsError('HOST', message, { cause });
  }
  return new BoardsError(codeOf(said), `${call} failed: ${last}.`, { cause });
}

function codeOf(said: string): BoardsErrorCode {
  if (BUSY.test(said)) return 'PORT_BUSY';
  return NOT_HELD.test(said) ? 'NOT_HELD' : 'NO_SUCH_PORT';
}
