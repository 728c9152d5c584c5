import { MicroPythonError } from '@wirewrap/repl-driver';
import { canonicalValue } from '../observation/canonical-json.ts';
import { observedError } from '../observation/observed-error.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';

/**
 * Makes `ssl` the module whatever it is called; `tls` where it exists. Runs on every firmware. The modules are looked for once:
 * an `import` that finds nothing takes 0.4 s on an ESP32.
 */
export const PROLOGUE: string = [
  'try:',
  '    _wwtls',
  'except NameError:',
  '    try:',
  '        import ssl as _wwssl',
  '    except ImportError:',
  '        import ussl as _wwssl',
  '    try:',
  '        import tls as _wwtls',
  '    except ImportError:',
  '        _wwtls = None',
  'ssl = _wwssl',
  'tls = _wwtls',
].join('\n');

/** Evaluates an expression on the board; an exception is a value too. */
async function evaluateOnBoard(bench: CaseBench, expression: string, setup = ''): Promise<unknown> {
  try {
    await bench.board.exec(`${PROLOGUE}\n${setup}`);
    return canonicalValue(await bench.board.evaluate(expression));
  } catch (error) {
    // A board without memory says nothing of its module: the case is lost.
    if (error instanceof MicroPythonError && error.type !== 'MemoryError')
      return canonicalValue({ raises: observedError(error) });
    throw error;
  }
}

export interface ExpressionRow {
  readonly id: string;
  readonly number?: string;
  readonly expression: string;
  /** Statements before it. */
  readonly setup?: string;
  readonly unavailable?: ConformanceCase['unavailable'];
  readonly canonical?: (value: unknown) => unknown;
}

/** A case that needs no network: what an expression gives or raises. */
export function expressionCase(row: ExpressionRow): ConformanceCase {
  return {
    id: row.id,
    number: row.number,
    unavailable: row.unavailable,
    async run(bench) {
      const value = await evaluateOnBoard(bench, row.expression, row.setup);
      // Python's None is an answer; null would mean that there was none.
      return row.canonical === undefined ? (value ?? 'None') : row.canonical(value);
    },
  };
}
