import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Board, type PythonSource, py, ReplDriverError } from '@wirewrap/repl-driver';
import type { Capabilities } from '../claim/claim.ts';
import { debug } from '../debug.ts';
import { ConformanceError } from '../errors.ts';

/** Keywords that any source or firmware has for `wrap_socket`, with a harmless value. */
const KEYWORDS: readonly (readonly [name: string, value: unknown])[] = [
  ['server_side', false],
  ['key', null],
  ['cert', null],
  ['cert_reqs', 0],
  ['cadata', null],
  ['server_hostname', null],
  ['do_handshake', true],
  ['keyfile', null],
  ['certfile', null],
  ['ca_certs', null],
  ['do_handshake_on_connect', true],
  ['ssl_version', 0],
];

const CONTEXT_KEYWORDS: readonly (readonly [name: string, value: unknown])[] = [
  ['server_side', false],
  ['do_handshake_on_connect', true],
  ['do_handshake', true],
  ['server_hostname', null],
  ['client_id', new Uint8Array([120])],
];

interface Probed {
  readonly keywords: string[];
  readonly contextKeywords: string[];
  readonly contextMethods: string[];
  readonly tlsContextMethods: string[];
  readonly constants: string[];
  readonly methods?: string[];
  readonly mbedtlsVersion: string | null;
  readonly tlsMbedtlsVersion: string | null;
  readonly pem?: boolean;
  readonly fileNames?: boolean | null;
  readonly positional?: boolean;
  readonly contextPositional: boolean;
  readonly year: number;
}

/** Milliseconds for one step. A chip needs a second for the longest. */
const STEP_MS = 10_000;

/** Ends of a step after which the board may be there again: a second one says that it was no accident. */
const GOES_AWAY: readonly string[] = ['DEADLINE', 'BOARD_RESET', 'BOARD_PANIC'];

/** How the board is asked. */
export interface ProbeOptions {
  /** Milliseconds for one step. Default 10,000. */
  readonly stepMs?: number;
}

/** What is found out, and the call that does it. The steps behind the first need a `wrap_socket` where they say so. */
interface ProbeStep {
  readonly of: string;
  readonly call: PythonSource;
  /** Without the function there is nothing to find out. Default false. */
  readonly needsFunction?: boolean;
}

function stepsOf(key: Uint8Array): readonly ProbeStep[] {
  return [
    { of: 'the keywords of wrap_socket', call: py`_pkeywords(${KEYWORDS})` },
    { of: 'ssl.SSLContext', call: py`_pclass(${CONTEXT_KEYWORDS})` },
    { of: 'tls.SSLContext', call: py`_ptlsclass()` },
    { of: 'wrap_socket with do_handshake=False and close()', call: py`_pmethods()`, needsFunction: true },
    { of: 'PEM', call: py`_ppem(${key})`, needsFunction: true },
    { of: 'file names as key and cert', call: py`_pfiles()`, needsFunction: true },
    { of: 'arguments by position', call: py`_ppositional()`, needsFunction: true },
  ];
}

const PROGRAM = new URL('./probe.py', import.meta.url);

/** Names that the program leaves on the board. */
const LEFT =
  'del _pmodule, _pfunction, _pkeywords, _pclass, _ptlsclass, _pmethods, _ppem, _pfiles, _ppositional, _ptry, _ptaken, _pnames, _pcontext, _pwrap, _Pstream, _pssl, _ptls, _pio';

/** One step, a second time on a board that came back from the first. */
async function findOut<T>(board: Board, { of, call }: ProbeStep, stepMs: number): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await board.evaluate<T>(call, { deadlineMs: stepMs });
    } catch (error) {
      if (!(error instanceof ReplDriverError) || !GOES_AWAY.includes(error.code)) throw error;
      if (attempt === 2) throw stuck(board, of, error, stepMs);
      debug('finding out %s is tried again: %s', of, error);
      await board.exec(readFileSync(PROGRAM, 'utf8'));
    }
  }
}

function stuck({ url }: Board, of: string, cause: ReplDriverError, stepMs: number): ConformanceError {
  const what = cause.code === 'DEADLINE' ? `does not end within ${stepMs / 1000} s` : 'resets the board';
  return new ConformanceError(
    'CAPABILITY',
    `Finding out ${of} of ${url} ${what}, twice: the firmware is broken there, and no case can be asked of it; try the same in \`wirewrap repl\``,
    { cause },
  );
}

/** `Mbed TLS 3.6.3` to `3.6.3`. */
function versionNumber(text: unknown): string | null {
  return typeof text === 'string' ? (/\d+\.\d+\.\d+/.exec(text)?.[0] ?? null) : null;
}

/** What the virtual board says of itself; its shape hides the engine's own version. */
function virtualFacts(virtual: Readonly<Record<string, unknown>> | null): {
  engine: string | null;
  shape: string | null;
} {
  const shape = typeof virtual?.ssl === 'string' && virtual.ssl !== 'native' ? virtual.ssl : null;
  return { engine: versionNumber(virtual?.mbedtls), shape };
}

/**
 * Finds out at run time what the board's `ssl` can do; by trying, without a network, never by a version number.
 *
 * @example const { shape, engine } = await probeCapabilities(board);
 * @throws ConformanceError `NO_MODULE` when the firmware has none of the modules ssl, ussl and tls; `CAPABILITY` when finding
 * one out hangs the board, or resets it, twice.
 */
export async function probeCapabilities(board: Board, { stepMs = STEP_MS }: ProbeOptions = {}): Promise<Capabilities> {
  const identity = await board.identity();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = Buffer.from(privateKey.export({ type: 'sec1', format: 'pem' }).toString());
  await board.exec(readFileSync(PROGRAM, 'utf8'));
  const module = await findOut<Partial<Probed> | null>(board, { of: 'the module', call: py`_pmodule()` }, stepMs);
  if (module === null) {
    throw new ConformanceError(
      'NO_MODULE',
      `${board.url} has neither ssl, ussl nor tls; install a firmware with TLS on it`,
    );
  }
  const hasFunction = await board.evaluate<boolean>('_pfunction() is not None');
  const steps = stepsOf(key).filter(({ needsFunction = false }) => hasFunction || !needsFunction);
  const found: Partial<Probed>[] = [module];
  for (const step of steps) found.push(await findOut<Partial<Probed>>(board, step, stepMs));
  await board.exec(LEFT);
  const probed = Object.assign({}, ...found) as Probed;
  const { engine, shape } = virtualFacts(identity.virtual);
  const sorted = (names: readonly string[] | undefined): string[] => [...(names ?? [])].sort();
  return {
    module: identity.modules.ssl ? 'ssl' : identity.modules.ussl ? 'ussl' : 'tls',
    keywords: sorted(probed.keywords),
    contextKeywords: sorted(probed.contextKeywords),
    constants: sorted(probed.constants),
    methods: sorted(probed.methods),
    contextMethods: sorted(probed.contextMethods),
    tlsContextMethods: sorted(probed.tlsContextMethods),
    mbedtlsVersion: probed.mbedtlsVersion ?? probed.tlsMbedtlsVersion,
    engine: engine ?? versionNumber(probed.mbedtlsVersion ?? probed.tlsMbedtlsVersion),
    pem: probed.pem ?? false,
    fileNames: probed.fileNames ?? null,
    positional: probed.positional ?? false,
    contextPositional: probed.contextPositional,
    clockSet: probed.year >= 2020,
    platform: identity.platform,
    version: identity.version,
    hardware: identity.virtual === null && identity.platform !== 'linux',
    shape,
  };
}
