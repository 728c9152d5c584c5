import { tryParseLiteral } from '@wirewrap/repl-driver';
import type { BoardRun } from './board-endpoint.ts';
import { boardError } from './board-error.ts';
import type { BoardError, BytesDigest, StepOutcome } from './board-outcome.ts';
import { DEFAULTS } from './run-defaults.ts';

/** Numbers of the steps before the first of the caller. */
export const PLAINTEXT_STEP = -3;
export const SOCKET_STEP = -2;
export const WRAP_STEP = -1;

/** Reads the lines that `board-program.py` prints; whatever else the board says is left alone. */
export class CaseReader {
  readonly #prefix: string;
  readonly #names: readonly string[];
  #rest = '';
  #digest: BytesDigest | null = null;
  /** What the board calls the number of the next exception. */
  #errnoName: string | null = null;
  readonly steps: Map<number, StepOutcome> = new Map();
  heap: readonly (number | null)[] | null = null;
  listening = false;
  notJoined = false;

  constructor(id: number, role: 'client' | 'server', run: BoardRun) {
    this.#prefix = `~${id} `;
    const steps = (run.steps ?? DEFAULTS.steps).map((step) => (step.do === 'python' ? step.name : step.do));
    this.#names = ['plaintext', role === 'client' ? 'connect' : 'accept', 'wrap', ...steps];
  }

  /** True when the case came to its end, whatever happened in it. */
  get ended(): boolean {
    return this.heap !== null;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const at = line.lastIndexOf(this.#prefix);
      if (at >= 0) this.#line(line.slice(at + this.#prefix.length).trimEnd());
    }
  }

  #line(line: string): void {
    const [, tag = '', rest = ''] = /^([A-Z]) ?(.*)$/.exec(line) ?? [];
    const [, step = '', ms = '', value = ''] = /^(-?\d+) (-?\d+) (.*)$/.exec(rest) ?? [];
    if (tag === 'A') this.listening = true;
    else if (tag === 'N') this.notJoined = true;
    else if (tag === 'L') this.#digest = digest(rest);
    else if (tag === 'M') this.#errnoName = /^E[A-Z0-9]+$/.test(rest) ? rest : null;
    else if (tag === 'S') this.#step(Number(step), Number(ms), this.#value(value), null);
    else if (tag === 'E') this.#step(Number(step), Number(ms), null, this.#exception(value));
    else if (tag === 'Z') this.heap = asArray(tryParseLiteral(rest)?.value) as (number | null)[];
  }

  #step(index: number, ms: number, value: unknown, error: BoardError | null): void {
    this.steps.set(index, { step: this.#names[index - PLAINTEXT_STEP] ?? `step ${index}`, value, error, ms });
  }

  #exception(text: string): BoardError {
    const [, type = 'Exception', rest = '()'] = /^(\S+) (.*)$/.exec(text) ?? [];
    const args = asArray(tryParseLiteral(rest)?.value ?? [rest]);
    const name = this.#errnoName;
    this.#errnoName = null;
    return boardError(type, args, name);
  }

  #value(tuple: string): unknown {
    if (this.#digest) {
      const value = this.#digest;
      this.#digest = null;
      return value;
    }
    const parsed = tryParseLiteral(tuple);
    // `<SSLSocket>` and the like are no literals: their repr stands for them.
    return parsed ? asArray(parsed.value)[0] : tuple.replace(/^\((.*),\)$/, '$1');
  }
}

function digest(text: string): BytesDigest | null {
  const [length, sha256, head] = asArray(tryParseLiteral(text)?.value);
  if (typeof length !== 'number' || !(sha256 instanceof Uint8Array) || !(head instanceof Uint8Array)) return null;
  return { length, sha256: Buffer.from(sha256).toString('hex'), head };
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
