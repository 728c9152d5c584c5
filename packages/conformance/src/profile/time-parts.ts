import { type SessionTimes, SILENCE_MS, type Span } from '@wirewrap/boards';
import { common, lengthOf, merged, without } from './spans.ts';

/** Where the time of a test, or of a run, went: in milliseconds, parts that do not overlap. */
export interface TimeParts {
  /** A call to the board was under way, and no connection stood: the serial line carried, or the board worked. */
  readonly lineMs: number;
  /** A connection stood and moved. */
  readonly handshakeMs: number;
  /** A call or a connection was under way, and nothing passed on line and wire for more than 100 ms. */
  readonly waitingMs: number;
  /** The rest: the host made certificates, decoded, wrote, ran the test runner. */
  readonly hostMs: number;
}

/** A connection with when each piece passed. */
export interface ConnectionTimes {
  readonly span: Span;
  readonly passedMs: readonly number[];
}

/** The silences of the line in which nothing passed on the wire either. */
function quiet(silences: readonly Span[], passed: readonly number[]): Span[] {
  return silences.flatMap(([from, to]) => {
    const ends = [from, ...passed.filter((ms) => ms > from && ms < to).toSorted((a, b) => a - b), to];
    return ends.slice(1).flatMap((end, index): Span[] => {
      const start = ends[index] as number;
      return end - start > SILENCE_MS ? [[start, end]] : [];
    });
  });
}

/**
 * Parts the time from one moment to another.
 *
 * @example timeParts([0, 100], { calls: [[10, 60]], silences: [], bytes: 0 }, []).lineMs; // 50
 */
export function timeParts(
  whole: Span,
  { calls, silences }: Pick<SessionTimes, 'calls' | 'silences'>,
  connections: readonly ConnectionTimes[],
): TimeParts {
  const inside = (spans: readonly Span[]): Span[] => common(merged(spans), [whole]);
  const [called, connected] = [inside(calls), inside(connections.map(({ span }) => span))];
  const passed = connections.flatMap(({ passedMs }) => passedMs);
  const busy = merged([...called, ...connected]);
  const waiting = common(busy, inside(quiet(silences, passed)));
  return {
    lineMs: lengthOf(without(without(called, connected), waiting)),
    handshakeMs: lengthOf(without(connected, waiting)),
    waitingMs: lengthOf(waiting),
    hostMs: whole[1] - whole[0] - lengthOf(busy),
  };
}

/** No time. */
export const NO_TIME: TimeParts = { lineMs: 0, handshakeMs: 0, waitingMs: 0, hostMs: 0 };

/** The sum of two. */
export function addTimes(a: TimeParts, b: TimeParts): TimeParts {
  return {
    lineMs: a.lineMs + b.lineMs,
    handshakeMs: a.handshakeMs + b.handshakeMs,
    waitingMs: a.waitingMs + b.waitingMs,
    hostMs: a.hostMs + b.hostMs,
  };
}
