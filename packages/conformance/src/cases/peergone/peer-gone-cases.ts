import { type Fault, type GoneBy, goneAfter, type Handshake } from '@wirewrap/tls-lab';
import { observeHandshake, stepsOf } from '../../observation/handshake-observation.ts';
import type { Lost, Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';
import { needsVersion } from '../offered-versions.ts';
import { noteReached, noteUnreached, outOfReach, wasUnreached } from '../reach.ts';
import { durationOf } from '../timeouts/timeout-cases.ts';
import { hasWaitedInVain } from '../waited-in-vain.ts';
import { connector, type GonePart } from './gone-run.ts';
import { type AskedVersion, placesOf, WAYS } from './places.ts';
import { whatIsLeft } from './what-is-left.ts';

/** Seconds of the socket: the bound for a peer that is silent. */
const TIMEOUT = 2;

/** What is asked of the socket once the handshake went through, and of which the answers are its state. */
const AFTERWARDS = [{ do: 'read', size: 1 }, { do: 'write', bytes: 'still here\n' }, { do: 'close' }] as const;

/** Names of a connection that the peer reset; which of them, the port and the call that meets it first decide. */
const RESET: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ENOTCONN'];

function plain(error: unknown): unknown {
  const { type, name, code } = error as { type?: unknown; name?: unknown; code?: unknown };
  return RESET.includes(name) ? { type, name: 'reset', negative: Number(code) < 0 } : error;
}

/** A step's own answer; a reset under one name. */
function stateOf(handshake: Handshake): readonly unknown[] {
  return stepsOf(handshake).map((step) => {
    const [[name, value] = ['', null]] = Object.entries(step as Record<string, unknown>);
    const raised = (value as { raises?: unknown } | null)?.raises;
    return raised === undefined ? step : { [name]: { raises: plain(raised) } };
  });
}

/** Milliseconds in which the board was busy with the connection: no shorter than what it needed to notice. */
const busyMs = ({ board }: Handshake): number =>
  board.wrapMs + board.steps.reduce((sum, { step, ms }) => sum + (step === 'read' ? ms : 0), 0);

/** After these the board may be through with its handshake when the reset comes, or not: a race decides. */
const LAST: Readonly<Record<AskedVersion, readonly Fault['step'][]>> = {
  'TLSv1.2': ['finished'],
  'TLSv1.3': ['finished', 'session-ticket'],
};

/** What the board made of it: how it ended, whether it noticed at all, and what its socket says afterwards. */
function shown(handshake: Handshake, { way, step, version }: Row): Record<string, unknown> {
  const { end, at, error } = observeHandshake(handshake);
  if (end === 'crashes') return { end };
  const waited = error !== undefined && hasWaitedInVain(error);
  if (way === 'rst' && LAST[version].includes(step)) return { end, notices: error !== undefined && !waited };
  const state = stateOf(handshake);
  return {
    end,
    ...(error === undefined ? {} : { at, error: plain(error) }),
    // A reset and an end need no time-out to be noticed; a silent peer is noticed by it, and not much later.
    ...(way === 'silence' ? { took: durationOf(busyMs(handshake)) } : { notices: !waited }),
    ...(state.length === 0 ? {} : { state }),
  };
}

interface Row extends GonePart {
  readonly step: Fault['step'];
  readonly way: GoneBy;
}

const NAMES: Readonly<Record<AskedVersion, string>> = { 'TLSv1.2': 'tls12', 'TLSv1.3': 'tls13' };

async function impossible(bench: CaseBench, part: GonePart): Promise<Unavailable | Lost | null> {
  if (part.role === 'server') {
    const unreached = outOfReach(bench);
    if (unreached !== null) return unreached;
  }
  return part.version === 'TLSv1.2' ? null : await needsVersion(part.version)(bench);
}

async function peerGone(bench: CaseBench, { step, way, ...part }: Row): Promise<unknown> {
  const reason = await impossible(bench, part);
  if (reason !== null) return reason;
  const connect = await connector(bench, part);
  const run = way === 'silence' ? { timeout: TIMEOUT, steps: AFTERWARDS } : { steps: AFTERWARDS };
  const fault = goneAfter(step, way);
  const handshake = await connect([fault], run);
  if (wasUnreached(handshake)) return await noteUnreached(bench);
  if (part.role === 'server') noteReached(bench);
  if (handshake.board.crash !== null) return { end: 'crashes' };
  if (handshake.wire !== null && !handshake.wire.faults.includes(fault.name)) {
    return { unavailable: `the host sends the board no ${step} in this handshake` } satisfies Unavailable;
  }
  bench.measure('until it noticed, handshake and all', 'ms', busyMs(handshake));
  const next = await connect([], {});
  return { ...shown(handshake, { ...part, way, step }), next: next.board.completed ? 'completes' : 'fails' };
}

const ROLES = ['client', 'server'] as const;
const VERSIONS = Object.keys(NAMES) as AskedVersion[];
const PARTS: readonly GonePart[] = ROLES.flatMap((role) => VERSIONS.map((version) => ({ role, version })));

const idOf = ({ role, version }: GonePart, way: GoneBy, last: string): string =>
  `peergone/${role}/${NAMES[version]}/${way}/${last}`;

/** The peer goes after each of its handshake messages: what the board notices, when, and what it keeps. Roles client and server. */
export const PEER_GONE_CASES: readonly ConformanceCase[] = PARTS.flatMap((part) =>
  WAYS.flatMap((way) => [
    ...placesOf(part.role, part.version).map(
      (step): ConformanceCase => ({
        id: idOf(part, way, `after-${step}`),
        budgetMs: 90_000,
        run: (bench) => peerGone(bench, { ...part, step, way }),
      }),
    ),
    {
      id: idOf(part, way, 'what-is-left'),
      budgetMs: 300_000,
      run: async (bench: CaseBench) => (await impossible(bench, part)) ?? (await whatIsLeft(bench, part, way)),
    },
  ]),
);
