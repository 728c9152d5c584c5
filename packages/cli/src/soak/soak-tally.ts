import { type BoardLevel, median } from '@wirewrap/conformance';
import { type HostClock, hostClock } from '@wirewrap/repl-driver/basics';
import { formatBoardError, type Handshake, withoutConnection } from '@wirewrap/tls-lab';
import { SoakReadings } from './soak-readings.ts';
import {
  SOAK_SCHEMA,
  type SoakEnd,
  type SoakError,
  type SoakPace,
  type SoakRecord,
  type SoakReset,
  type SoakRole,
  type SoakTrend,
} from './soak-record.ts';
import { trendsOf } from './soak-trend.ts';

/** Errors and resets that are kept with their text; all are counted. */
const TEXTS_KEPT = 500;

/** How far a soak has come. */
export interface SoakProgress {
  readonly tookMs: number;
  readonly connections: number;
  readonly failed: number;
  readonly resets: number;
}

/** Takes down what happens in a soak, and makes its record of it at any moment. */
export class SoakTally {
  readonly #about: Pick<SoakRecord, 'board' | 'askedMs'>;
  readonly #now: () => number;
  readonly #startedAt: string;
  readonly #startedMs: number;
  readonly #connections = { client: { done: 0, failed: 0 }, server: { done: 0, failed: 0 } };
  readonly #readings = new SoakReadings();
  readonly #resets: SoakReset[] = [];
  #resetCount = 0;
  readonly #errors: SoakError[] = [];
  #since: Record<SoakRole, { asked: number; took: number[] }> = fresh();
  #note: string | null = null;

  constructor(about: Pick<SoakRecord, 'board' | 'askedMs'>, { now, date }: HostClock = hostClock) {
    this.#now = now;
    this.#startedAt = date().toISOString();
    this.#startedMs = now();
    this.#about = about;
  }

  get tookMs(): number {
    return Math.round(this.#now() - this.#startedMs);
  }

  get #count(): number {
    return this.#connections.client.done + this.#connections.server.done;
  }

  get progress(): SoakProgress {
    const { client, server } = this.#connections;
    const failed = client.failed + server.failed;
    return { tookMs: this.tookMs, connections: this.#count, failed, resets: this.#resetCount };
  }

  /** Whether the board was reached in this role before. */
  reached(role: SoakRole): boolean {
    return this.#connections[role].done > 0;
  }

  /** A word on the whole soak. */
  note(text: string): void {
    this.#note = text;
  }

  connection(handshake: Handshake): void {
    const { board, role } = handshake;
    if (board.completed) {
      this.#done(role);
      this.#since[role].took.push(board.wrapMs);
      return;
    }
    const said = board.error === null ? 'did not complete' : formatBoardError(board.error);
    this.failed(role, board.crash ?? withoutConnection(handshake) ?? said);
    if (board.crash !== null) this.reset(`${board.crash} in ${board.crashedIn ?? board.wrap.step}, as ${role}`);
  }

  failed(role: SoakRole, text: string): void {
    this.#done(role);
    this.#connections[role].failed += 1;
    if (this.#errors.length >= TEXTS_KEPT) return;
    this.#errors.push({ atMs: this.tookMs, connection: this.#count, role, text });
  }

  #done(role: SoakRole): void {
    this.#connections[role].done += 1;
    this.#since[role].asked += 1;
  }

  /** The board restarted: what was read before says nothing of its heap any more. */
  reset(reason: string): void {
    this.#resetCount += 1;
    if (this.#resets.length >= TEXTS_KEPT) return;
    this.#resets.push({ atMs: this.tookMs, connections: this.#count, reason });
  }

  reading({ collected, native, largest, socket }: BoardLevel): void {
    const since = Object.entries(this.#since).filter(([, { asked }]) => asked > 0);
    this.#readings.add({
      atMs: this.tookMs,
      connections: this.#count,
      resets: this.#resetCount,
      freeHeap: collected,
      freeNative: native,
      largestBlock: largest,
      socket,
      pace: Object.fromEntries(since.map(([role, { asked, took }]) => [role, paceOf(asked, took)])),
    });
    this.#since = fresh();
  }

  record(end: SoakEnd): SoakRecord {
    const readings = this.#readings.all;
    const trends = trendsOf(readings);
    return {
      schema: SOAK_SCHEMA,
      ...this.#about,
      startedAt: this.#startedAt,
      tookMs: this.tookMs,
      end,
      note: this.#note,
      connections: structuredClone(this.#connections),
      readings,
      resets: [...this.#resets],
      resetCount: this.#resetCount,
      errors: [...this.#errors],
      trends,
      problems: this.#problems(end, trends),
    };
  }

  #problems(end: SoakEnd, trends: readonly SoakTrend[]): string[] {
    const { connections, failed, resets } = this.progress;
    return [
      ...trends
        .filter(({ verdict }) => verdict === 'grows')
        .map(({ name, low, unit }) => `${name}: a connection keeps at least ${Number(low.toPrecision(2))} ${unit}`),
      ...(failed === 0 ? [] : [`${failed} of ${connections} connections failed`]),
      ...(resets === 0 ? [] : [`the board reset ${resets === 1 ? 'once' : `${resets} times`}`]),
      ...(end === 'board gave no answer' ? ['the board gave no answer any more'] : []),
    ];
  }
}

const fresh = (): Record<SoakRole, { asked: number; took: number[] }> => ({
  client: { asked: 0, took: [] },
  server: { asked: 0, took: [] },
});

function paceOf(connections: number, took: readonly number[]): SoakPace {
  if (took.length === 0) return { connections, medianMs: null, longestMs: null };
  return { connections, medianMs: median(took), longestMs: Math.max(...took) };
}
