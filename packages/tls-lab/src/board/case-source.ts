import { type PythonSource, py } from '@wirewrap/repl-driver';
import { bytesOf, plaintextSteps } from '../application/start-tls.ts';
import { BlobCache } from './blob-cache.ts';
import type { BoardRun, BoardStep, SslConstant, WrapArguments } from './board-endpoint.ts';
import { defaults } from './run-defaults.ts';

/** Longer bytes travel through the cache, not in the call. */
const literalBytes = 64;

/** The one line that runs a case on the board, and the bytes that must be there before. */
export interface CaseSource {
  readonly call: PythonSource;
  readonly blobs: readonly Uint8Array[];
}

const apis = { wrap_socket: 'f', 'ssl.SSLContext': 'ssl', 'tls.SSLContext': 'tls' } as const;
const pollMasks = { in: 1, out: 4, 'in+out': 5 } as const;

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
    return bytes.length <= literalBytes ? bytes : py`(1, ${keep(bytes)})`;
  };
  const wrapArguments = Object.entries(effectiveArguments(role, run)).map(([name, value]): [string, unknown] => {
    if (value instanceof Uint8Array) return [name, py`(1, ${keep(value)})`];
    if (isConstant(value)) return [name, py`(2, ${value.constant})`];
    return [name, value];
  });
  const steps = (run.steps ?? defaults.steps).map((step) => [retryOf(step), ...operation(step, bytesArgument)]);
  const data = Object.entries(run.data ?? {}).map(([name, bytes]) => [name, keep(bytes)] as const);
  const api = apis[run.api ?? 'wrap_socket'];
  const protocol = api === 'f' ? null : (run.protocol ?? defaults.protocol[role]);
  const timeout = run.timeout === 'non-blocking' ? -1 : (run.timeout ?? null);
  const plaintext = plaintextSteps(run.startTls, role).map((step) =>
    'send' in step ? [0, bytesOf(step.send)] : [typeof step.expect === 'string' ? 1 : 2, bytesOf(step.expect)],
  );
  const call = py`_wwr(${id}, ${role === 'server'}, ${host}, ${port}, ${api}, ${protocol}, ${new Map(wrapArguments)}, ${(run.context ?? []).map(contextLine)}, ${new Map(data)}, ${steps}, ${timeout}, ${guardSeconds(run)}, ${run.stopOnError ?? false}, ${run.captureBytes ?? defaults.captureBytes}, ${plaintext})`;
  return { call, blobs };
}

/** The keyword arguments as they reach Python: shorthands resolved, `server_side=True` for the server role. */
export function effectiveArguments(role: 'client' | 'server', run: BoardRun): WrapArguments {
  const given = run.args ?? {};
  const pair: WrapArguments = run.certificate ? { key: run.certificate.key.der, cert: run.certificate.leaf.der } : {};
  return { ...(role === 'server' ? { server_side: true } : {}), ...pair, ...given };
}

/** Seconds that a blocking socket waits: shorter than the case's deadline, so that Python tells of it first. */
export function guardSeconds(run: BoardRun): number {
  return Math.max(1, Math.floor((run.deadlineMs ?? defaults.deadlineMs) / 1000 - 3));
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
      return ['poll', pollMasks[step.events], step.timeoutMs];
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
  if (bytes.length <= literalBytes) return null;
  for (let length = 1; length <= 32; length++) {
    if (bytes.length % length !== 0) continue;
    const unit = bytes.subarray(0, length);
    if (bytes.every((byte, index) => byte === unit[index % length])) return { unit, times: bytes.length / length };
  }
  return null;
}
