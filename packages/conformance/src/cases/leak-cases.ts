import { exhaustionOf, type Handshake } from '@wirewrap/tls-lab';
import { type BoardLevel, installLevel, readLevel } from '../level/board-level.ts';
import { observeHandshake } from '../observation/handshake-observation.ts';
import type { Lost } from '../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { noteReached, noteUnreached, outOfReach, wasUnreached } from './reach.ts';
import { slopeOf } from './slope.ts';

/** Connections before the first reading: what is made once, such as interned strings and tables, is no leak. */
const WARM_UP = 3;

/** A handshake takes up to 3 s on an ESP32: fewer of them there, so that the case ends in a minute. */
const readingsOf = ({ can }: CaseBench): number => (can.hardware ? 8 : 16);

/**
 * What a connection may leave behind, by the slope over all of them. The heap of MicroPython is collected first and exact
 * to its blocks of 16 or 32 bytes; the heap of ESP-IDF is exact too, and holds what TCP still waits for; a process of Linux
 * grows by pages of 4 KiB, now and then.
 */
const BOUNDS = { collected: 48, idf: 1_024, process: 6_144, sockets: 0.5 } as const;

/** Bytes that are taken, as a curve that rises where something leaks. */
interface Taken {
  readonly collected: number;
  readonly native: number | null;
  readonly kind: BoardLevel['kind'];
  readonly socket: number | null;
}

/** The program is sent each time: a case has no place to keep that it did. */
async function takenOn({ board }: CaseBench): Promise<Taken> {
  await installLevel(board);
  const { collected, native, kind, socket } = await readLevel(board);
  return { collected: -collected, native: native === null ? null : -native, kind, socket };
}

/** One of the three things that a connection may leave behind. */
interface Curve {
  readonly name: string;
  readonly unit: 'bytes' | 'count';
  /** By reading; null where the board does not tell. */
  readonly values: readonly (number | null)[];
  /** What a connection may add to it. */
  readonly bound: number;
}

function curvesOf(seen: readonly Taken[]): Record<'collectedHeap' | 'nativeHeap' | 'sockets', Curve> {
  const kind = seen[0]?.kind ?? null;
  return {
    collectedHeap: {
      name: 'collected heap a connection',
      unit: 'bytes',
      values: seen.map(({ collected }) => collected),
      bound: BOUNDS.collected,
    },
    nativeHeap: {
      name: 'native heap a connection',
      unit: 'bytes',
      values: seen.map(({ native }) => native),
      bound: kind === null ? 0 : BOUNDS[kind],
    },
    sockets: {
      name: 'sockets left open',
      unit: 'count',
      values: seen.map(({ socket }) => socket),
      bound: BOUNDS.sockets,
    },
  };
}

/** By how much a connection raises it; null when the board does not tell. */
function riseOf({ values }: Curve): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : slopeOf(known);
}

function grows(curve: Curve): boolean {
  return (riseOf(curve) ?? 0) > curve.bound;
}

/** What is recorded of a curve. */
function judged(bench: CaseBench, curve: Curve): string | null {
  const rise = riseOf(curve);
  if (rise === null) return null;
  bench.measure(curve.name, curve.unit, Math.round(rise * 100) / 100);
  return grows(curve) ? 'grows' : 'level';
}

/**
 * Connects again and again; what each connection leaves behind shows as a slope. Where one rises, as many connections again
 * decide: a few readings may rise by accident, a leak goes on.
 */
async function levels(bench: CaseBench, connect: () => Promise<Handshake>): Promise<unknown> {
  const seen: Taken[] = [];
  let end: string | null = null;
  const few = readingsOf(bench);
  let wanted = few;
  for (let done = 0; done < WARM_UP + wanted; done += 1) {
    const handshake = await connect();
    if (wasUnreached(handshake)) return noteUnreached(bench);
    if (handshake.role === 'server') noteReached(bench);
    const exhausted = exhaustionOf(handshake.board);
    // The first connections find memory: what takes it away is what is looked for here.
    if (exhausted !== null && done > WARM_UP) return { end: 'out of memory', after: done };
    if (exhausted !== null) return { lost: 'out of memory', detail: exhausted } satisfies Lost;
    const observed = observeHandshake(handshake);
    end ??= observed.end;
    if (observed.end !== end || observed.end === 'crashes') return { ...observed, after: done };
    if (done >= WARM_UP) seen.push(await takenOn(bench));
    if (seen.length === few && Object.values(curvesOf(seen)).some(grows)) wanted = 2 * few;
  }
  const { collectedHeap, nativeHeap, sockets } = curvesOf(seen);
  return {
    end,
    collectedHeap: judged(bench, collectedHeap),
    nativeHeap: judged(bench, nativeHeap),
    sockets: judged(bench, sockets),
  };
}

async function asClient(bench: CaseBench, faults: readonly 'http-answer'[] = []): Promise<unknown> {
  await using server = await bench.tls.server({ certificate: await bench.pki.certificate('good'), faults });
  return await levels(bench, () => bench.tls.connect(server));
}

async function asServer(bench: CaseBench): Promise<unknown> {
  const reason = outOfReach(bench);
  if (reason !== null) return reason;
  const certificate = await bench.pki.certificate('good');
  return levels(bench, () => bench.tls.serve({ certificate }));
}

/** What a connection leaves behind, a failed one too. */
export const LEAK_CASES: readonly ConformanceCase[] = [
  { id: 'memory/level/client', number: '59', run: (bench) => asClient(bench) },
  { id: 'memory/level/server', run: asServer },
  { id: 'memory/level/failed', run: (bench) => asClient(bench, ['http-answer']) },
];
