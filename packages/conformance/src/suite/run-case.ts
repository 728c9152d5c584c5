import { MicroPythonError, ReplDriverError, type ReplDriverErrorCode } from '@wirewrap/repl-driver';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import type { Lost, Unavailable } from '../observation/describe-value.ts';

/** Errors after which only this case is lost: the next one finds a board again. */
const LOSES_THE_CASE: readonly ReplDriverErrorCode[] = ['BOARD_RESET', 'BOARD_PANIC', 'DEADLINE'];

/** Why a case is lost to this error, or null when the error is none of the board's. */
export function lossOf(error: unknown): Lost | null {
  if (error instanceof MicroPythonError) {
    return error.type === 'MemoryError' ? { lost: 'the board was out of memory' } : null;
  }
  if (error instanceof ReplDriverError && LOSES_THE_CASE.includes(error.code)) {
    return { lost: error.code === 'DEADLINE' ? 'the board did not answer in time' : 'the board reset' };
  }
  return null;
}

/** Some certificates are too bad for OpenSSL to present: the board was not asked. */
function refusalOfTheHost(error: unknown): Unavailable | null {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string' || !/^ERR_(OSSL|SSL)_/.test(code)) return null;
  const reason = String(message).split('::').at(-1) ?? String(message);
  return { unavailable: `the host's TLS cannot present it (${reason})` };
}

/** The canonical value of a case, or why there is none. */
export async function runCase(item: ConformanceCase, bench: CaseBench): Promise<unknown | Unavailable | Lost> {
  const reason = item.unavailable?.(bench.can) ?? null;
  if (reason !== null) return { unavailable: reason } satisfies Unavailable;
  try {
    return canonicalValue(await item.run(bench));
  } catch (error) {
    const refusal = refusalOfTheHost(error);
    if (refusal !== null) return refusal;
    const loss = lossOf(error);
    if (loss === null) throw error;
    return loss;
  }
}
