import { type PythonSource, py } from '@wirewrap/repl-driver';
import { bytesOf, plaintextSteps } from '../application/start-tls.ts';
import { BlobCache } from './blob-cache.ts';
import type { BoardRun, BoardStep, SslConstant, WrapArguments } from './board-endpoint.ts';
import { DEFAULTS } from './run-defaults.ts';

/** Longer bytes travel through the cache, not in the call. */
const LITERAL_BYTES = 64;

/** The one line that runs a case on the board, and the bytes that must be there before. */
export interface CaseSource {
  readonly call: PythonSource;
  readonly blobs: readonly Uint8Array[];
}

const APIS = { 'ssl.SSLContext': 'ssl', 'tls.SSLContext': 'tls' } as const;
const POLL_MASKS = { in: 1, out: 4, 'in+out': 5 } as const;

/** What `_wwr` in board-program.py takes, one dict a case. An entry that is left out has its default: the line is short. */
interface CaseEntries {
  /** Each line of the answer begins with it. */
  readonly id: number;
  /** The board listens. Default: it connects. */
  readonly server: true | undefined;
  /** Where it connects to or listens. */
  readonly host: string;
  readonly port: number;
  /** `ssl` or `tls`: the SSLContext of that module. Default: `wrap_socket`. */
  readonly api: 'ssl' | 'tls' | undefined;
  /** Name of the constant that the context is made with. */
  readonly protocol: string | undefined;
  /** Keywords of `wrap_socket`; `(1, key)` stands for bytes of the cache, `(2, name)` for a constant. Default: none. */
  readonly args: ReadonlyMap<string, unknown> | undefined;
  /** Lines that are run on the context. Default: none. */
  readonly context: readonly string[] | undefined;
  /** Names of a step's program, with the keys of their bytes in the cache. Default: none. */
  readonly data: ReadonlyMap<string, unknown> | undefined;
  /** Milliseconds in which it is tried again, method, arguments. */
  readonly steps: readonly (readonly unknown[])[];
  /** Of the socket, in seconds; -1: it does not block. Default: none. */
  readonly timeout: number | undefined;
  /** Seconds that connecting and accepting may take. */
  readonly guard: number;
  /** Nothing more after the first error. Default: the next step. */
  readonly stop: true | undefined;
  /** The longest bytes that are sent as they are. */
  readonly cap: number;
  /** What is spoken before TLS: 0 and bytes to send, 1 and part of a line, 2 and exactly these bytes. Default: nothing. */
  readonly plaintext: readonly (readonly unknown[])[] | undefined;
}

export function caseSource(
  id: number,
  role: 'client' | 'server',
  host: string,
  port: number,
  run: BoardRun,
): CaseSource {
  const blobs: Uint8Array[] = [];
  const keep = (bytes: Uint8Array) => {
    blobs.push(bytes);
    return BlobCache.key(bytes);
  };
  const bytesArgument = (bytes: Uint8Array) => {
    const repeated = repetition(bytes);
    if (repeated) return py`${repeated.unit} * ${repeated.times}`;
    return bytes.length <= LITERAL_BYTES ? bytes : py`(1, ${keep(bytes)})`;
  };
  const wrapArguments = Object.entries(effectiveArguments(role, run)).map(([name, value]): [string, unknown] => {
    if (value instanceof Uint8Array) return [name, py`(1, ${keep(value)})`];
    if (isConstant(value)) return [name, py`(2, ${value.constant})`];
    return [name, value];
  });
  const isContext = run.api !== undefined && run.api !== 'wrap_socket';
  const entries: CaseEntries = {
    id,
    server: role === 'server' || undefined,
    host,
    port,
    api: isContext ? APIS[run.api] : undefined,
    protocol: isContext ? (run.protocol ?? DEFAULTS.protocol[role]) : undefined,
    args: dictOf(wrapArguments),
    context: orNone((run.context ?? []).map(contextLine)),
    data: dictOf(Object.entries(run.data ?? {}).map(([name, bytes]) => [name, keep(bytes)])),
    steps: (run.steps ?? DEFAULTS.steps).map((step) => [retryOf(step), ...operation(step, bytesArgument)]),
    timeout: run.timeout === 'non-blocking' ? -1 : run.timeout,
    guard: guardSeconds(run),
    stop: run.stopOnError || undefined,
    cap: run.captureBytes ?? DEFAULTS.captureBytes,
    plaintext: orNone(plaintextSteps(run.startTls, role).map(plaintextEntry)),
  };
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return { call: py`_wwr(${new Map(given)})`, blobs };
}

/** A dict, also where a key is `__proto__`; undefined for an empty one. */
function dictOf(entries: readonly (readonly [string, unknown])[]): ReadonlyMap<string, unknown> | undefined {
  return entries.length === 0 ? undefined : new Map(entries);
}

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function plaintextEntry(step: ReturnType<typeof plaintextSteps>[number]): readonly unknown[] {
  if ('send' in step) return [0, bytesOf(step.send)];
  return [typeof step.expect === 'string' ? 1 : 2, bytesOf(step.expect)];
}

/** The keyword arguments as they reach Python: shorthands resolved, `server_side=True` for the server role. */
export function effectiveArguments(role: 'client' | 'server', run: BoardRun): WrapArguments {
  const given = run.args ?? {};
  const pair: WrapArguments = run.certificate ? { key: run.certificate.key.der, cert: run.certificate.leaf.der } : {};
  return { ...(role === 'server' ? { server_side: true } : {}), ...pair, ...given };
}

/** Seconds that a blocking socket waits: shorter than the case's deadline, so that Python tells of it first. */
function guardSeconds(run: BoardRun): number {
  return Math.max(1, Math.floor((run.deadlineMs ?? DEFAULTS.deadlineMs) / 1000 - 3));
}

/** `verify_mode = 2` and `load_verify_locations(…)` mean the context's own; other lines stand as they are. */
export function contextLine(line: string): string {
  return /^\s*[A-Za-z_]\w*\s*(=(?!=)|\()/.test(line) ? `ctx.${line.trim()}` : line;
}

export function isConstant(value: unknown): value is SslConstant {
  return typeof value === 'object' && value !== null && 'constant' in value;
}

/** The operation as method and arguments, which is what the board calls. */
export function operation(step: BoardStep, bytes: (bytes: Uint8Array) => unknown = (value) => value): unknown[] {
  switch (step.do) {
    case 'write':
      return ['write', bytes(typeof step.bytes === 'string' ? new TextEncoder().encode(step.bytes) : step.bytes)];
    case 'read':
      return step.size === undefined ? ['read'] : ['read', step.size];
    case 'readinto':
      return ['readinto', step.size];
    case 'getpeercert':
      return ['getpeercert', step.binary];
    case 'setblocking':
      return ['setblocking', step.blocking];
    case 'poll':
      return ['poll', POLL_MASKS[step.events], step.timeoutMs];
    case 'python':
      return ['python', step.source];
    default:
      return [step.do];
  }
}

function retryOf(step: BoardStep): number {
  return 'retryMs' in step ? (step.retryMs ?? 0) : 0;
}

/** Bytes that repeat a short unit, which Python can build by itself; null when they do not. */
export function repetition(bytes: Uint8Array): { readonly unit: Uint8Array; readonly times: number } | null {
  if (bytes.length <= LITERAL_BYTES) return null;
  for (let length = 1; length <= 32; length++) {
    if (bytes.length % length !== 0) continue;
    const unit = bytes.subarray(0, length);
    if (bytes.every((byte, index) => byte === unit[index % length])) return { unit, times: bytes.length / length };
  }
  return null;
}
