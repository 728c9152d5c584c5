import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { py } from '../python/py.ts';
import type { PythonSource } from '../python/python-source.ts';
import { encodePythonText } from '../python/text.ts';
import { CHECK_DIGITS, CHECK_MODULUS } from './programs.ts';

/** The name under which the agent's and the receiver's lines stand in a traceback. */
export const AGENT_FILE = '<ww>';
export const DEFAULT_FILE = '<stdin>';
/** Where a program that is compiled while it comes stands on the board; its frames begin so. */
export const STREAM_FOLDER = '/_ww/';
/** Of the SHA-256 of such a program: 64 bits. */
const HASH_DIGITS = 16;
/** The agent's name in `builtins`. */
const AGENT = '_ww';

/** Characters of a nonce, from [0-9A-Za-z]. */
export const NONCE_LENGTH = 3;

/** Short source goes with nonce and check in one string: on a slow line each byte counts, and the copy costs the board little. */
const SHORT_CHARACTERS = 200;
/** What `sys.stdin.readline` hands on as it came. */
const ONE_LINE = /^[ -~]*$/;

/** One call of the agent. */
export interface AgentCall {
  /** Statements, or an expression whose value is wanted. */
  readonly kind: 'execute' | 'evaluate';
  /** Whose globals it sees: the user's programs', or the agent's own. */
  readonly names: 'program' | 'agent';
  readonly source: string;
  readonly file: string;
  /** False where the board has no CRC-32. */
  readonly checked: boolean;
}

/** What goes to the board. */
export interface AgentRequest {
  readonly text: string;
  /** What the marks and frames of the answer carry. */
  readonly nonce: string;
  /** What the board sends when the source arrived whole, just before it runs it. */
  readonly begin: string;
  /** Where the agent stays afterwards, the salt of the line that may follow. */
  readonly salt: string | null;
}

/** Prints 1 when it did, and calls nothing that a program is likely to have replaced. */
export const NAME_TAKEN: string = `__import__('sys').stdout.write('01'['${AGENT}' in globals()])`;
/** The raw REPL does not know the agent: a new interpreter, or a program deleted it. */
export const NO_AGENT: RegExp = new RegExp(`NameError: name '${AGENT}' `);

/**
 * A module of the firmware, as an expression for `evaluate` and `py`; None where the firmware has none of that name. It is found
 * past the board's files, which `import` looks through first, for 0.3 s at a time on an ESP32 with MicroPython 1.20.
 *
 * @example await board.evaluate(py`${firmwareModule('gc')}.mem_free()`);
 */
export function firmwareModule(name: string): PythonSource {
  return py`_ww.m(${name})`;
}

interface StatementOptions {
  /** Where the agent can stay and shall. */
  readonly mayStay: boolean;
  /** Whether a global of the program's own hides the agent. */
  readonly hidden?: boolean;
}

/** The request as a statement for the raw REPL. */
export function statementFor(
  call: AgentCall,
  nonce: string,
  { mayStay, hidden = false }: StatementOptions,
): AgentRequest {
  const { source, file } = call;
  const agent = agentName(hidden);
  if (mayStay && isShort(call)) {
    const salt = digits(check(call, nonce));
    return { text: `${agent}+${encodePythonText(nonce + salt + source)}`, nonce, begin: 'OK\x1f', salt };
  }
  // Bytes, because a string of a source of up to ten characters is interned, which nothing frees.
  const text = `${agent}.x(b'${nonce}'.decode(),${check(call, nonce)},${encodePythonText(source)}${fileArgument(file)})`;
  return { text, nonce, begin: `\x1d${nonce}B`, salt: null };
}

/** The request of a program that follows it in windows, and is compiled while it comes. */
export function streamedStatementFor(
  { source, file }: AgentCall,
  nonce: string,
  { hidden = false }: Pick<StatementOptions, 'hidden'>,
): AgentRequest {
  const bytes = Buffer.from(source, 'utf8');
  const hash = createHash('sha256').update(`${nonce}${bytes.length}${file}`).update(bytes).digest('hex');
  const text = `${agentName(hidden)}.p(b'${nonce}'.decode(),${bytes.length},b'${hash.slice(0, HASH_DIGITS)}'${fileArgument(file)})`;
  return { text, nonce, begin: `\x1d${nonce}B`, salt: null };
}

/** `builtins._ww` finds nothing: what was put into `builtins` is found by names alone (`module_attr` in py/objmodule.c). */
function agentName(hidden: boolean): string {
  return hidden ? `eval('${AGENT}',{})` : AGENT;
}

function fileArgument(file: string): string {
  return file === DEFAULT_FILE ? '' : `,'${file}'`;
}

/** The request as a line for an agent that stayed; undefined where it does not fit one. */
export function lineFor(call: AgentCall, saltBefore: string): AgentRequest | undefined {
  if (!isShort(call) || !ONE_LINE.test(call.source)) return undefined;
  const salt = digits(check(call, saltBefore));
  return { text: `${salt}${call.source}\n`, nonce: salt.slice(0, NONCE_LENGTH), begin: '\x1f', salt };
}

/** What makes an agent that stayed leave: no request is an empty line. */
export const LEAVE = '\n';

function isShort({ file, source }: AgentCall): boolean {
  return file === DEFAULT_FILE && source.length <= SHORT_CHARACTERS;
}

function digits(value: number): string {
  return value.toString(36).padStart(CHECK_DIGITS, '0');
}

function check({ kind, names, source, file, checked }: AgentCall, salt: string): number {
  const sum = checked ? crc32(source, crc32(salt + file)) : 0;
  return (sum + (kind === 'evaluate' ? 1 : 0) + (names === 'agent' ? 2 : 0)) % CHECK_MODULUS;
}

export function frameCrc(nonce: string, kind: string, payload: Uint8Array): number {
  return crc32(payload, crc32(nonce + kind));
}
