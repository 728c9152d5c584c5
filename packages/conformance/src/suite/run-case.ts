import { MicroPythonError, ReplDriverError, type ReplDriverErrorCode } from '@wirewrap/repl-driver';
import { exhaustedIn, NetworkError } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from '../cases/conformance-case.ts';
import { sharesHost } from '../cases/reach.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import { notPresented } from '../observation/host-limit.ts';
import { hasNoRoute } from '../observation/no-route.ts';
import type { Lost, Unavailable } from '../observation/not-observed.ts';
import { hostRefusal } from './host-refusal.ts';

/** Errors after which only this case is lost: the next one finds a board again. */
const LOSES_THE_CASE: readonly ReplDriverErrorCode[] = ['BOARD_RESET', 'BOARD_PANIC', 'DEADLINE'];

/** A radio that does not come back after a reset may do so after the next one. */
const NOT_JOINED: readonly string[] = ['WIFI_REFUSED', 'NOT_CONNECTED'];

/** Why a case is lost to this error; null when it is not lost to it. */
export function lossOf(error: unknown): Lost | null {
  if (error instanceof MicroPythonError) {
    return exhaustedIn('program', error) === null ? null : { lost: 'out of memory' };
  }
  if (error instanceof ReplDriverError && LOSES_THE_CASE.includes(error.code)) {
    return { lost: error.code === 'DEADLINE' ? 'no answer in time' : 'the board reset' };
  }
  if (error instanceof NetworkError && NOT_JOINED.includes(error.code)) {
    return { lost: 'the board did not join its network' };
  }
  return null;
}

/** What the virtual board raises when its engine cannot show what the firmware of the shape does. */
const ENGINE_LIMIT = 'VirtualBoardLimit';

/** The limit of the engine that a value came from, wherever in the value it is. */
function engineLimitOf(value: unknown): string | null {
  if (value === null || typeof value !== 'object') return null;
  const { type, text } = value as { type?: unknown; text?: unknown };
  if (type === ENGINE_LIMIT) return typeof text === 'string' ? text : ENGINE_LIMIT;
  for (const part of Object.values(value)) {
    const limit = engineLimitOf(part);
    if (limit !== null) return limit;
  }
  return null;
}

async function askCase(item: ConformanceCase, bench: CaseBench): Promise<unknown | Unavailable | Lost> {
  const reason = item.unavailable?.(bench.can) ?? null;
  if (reason !== null) return typeof reason === 'string' ? ({ unavailable: reason } satisfies Unavailable) : reason;
  try {
    // The program of a case would find no network after a reset, and its error would pass for the firmware's answer.
    await bench.network.ensureJoined(bench.board);
    const value = await item.run(bench);
    if (hasNoRoute(value) && !sharesHost(bench)) return { lost: 'the board did not reach the host' } satisfies Lost;
    const limit = engineLimitOf(value);
    return limit === null ? value : ({ unavailable: limit, limit: 'engine' } satisfies Unavailable);
  } catch (error) {
    const refusal = hostRefusal(error);
    if (refusal !== null) return notPresented(refusal);
    const loss = lossOf(error);
    if (loss === null) throw error;
    return loss;
  }
}

/**
 * The value of a case, or why there is none: in its canonical form, which is made here and nowhere else.
 *
 * @example await runCase(item, { board, tls, network, pki, can: capabilities, clock: hostClock, measure: () => {} });
 */
export async function runCase(item: ConformanceCase, bench: CaseBench): Promise<unknown> {
  return canonicalValue(await askCase(item, bench));
}
