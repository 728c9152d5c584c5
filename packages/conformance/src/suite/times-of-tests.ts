import type { SessionTimes } from '@wirewrap/boards';
import type { Handshake } from '@wirewrap/tls-lab';
import { type ConnectionTimes, timeParts } from '../profile/time-parts.ts';
import type { TestTimes } from './case-report.ts';

function connectionsOf(handshakes: readonly Handshake[]): ConnectionTimes[] {
  return handshakes.flatMap(({ wire }) => {
    if (wire === null) return [];
    const passedMs = wire.wire.chunks.map(({ atMs }) => atMs);
    const { connectedAtMs, closedAtMs } = wire;
    return [{ span: [connectedAtMs, closedAtMs ?? passedMs.at(-1) ?? connectedAtMs], passedMs }];
  });
}

/** Parts the time of one session from test to test: each takes what passed since the one before. */
export class TimesOfTests {
  readonly #now: () => number;
  #endedMs: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#endedMs = now();
  }

  take(handshakes: readonly Handshake[], session: { take(): SessionTimes }): TestTimes {
    const times = session.take();
    const now = this.#now();
    const parts = timeParts([this.#endedMs, now], times, connectionsOf(handshakes));
    this.#endedMs = now;
    return { ...parts, lineBytes: times.bytes };
  }
}
