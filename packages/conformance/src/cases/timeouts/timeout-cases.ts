import { readFileSync } from 'node:fs';
import type { BoardRun, BoardStep, Handshake, PeerBehaviour, StepOutcome } from '@wirewrap/tls-lab';
import { stepsOf } from '../../observation/handshake-observation.ts';
import { observedError } from '../../observation/observed-error.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { type ClientRow, clientCase, serverCase } from '../handshake-case.ts';

/** Seconds that the board's socket is given. */
const TIMEOUT = 2;

/** Milliseconds after which the board is interrupted: what goes on for so long has no end. */
const PATIENCE_MS = 12_000;

/** Milliseconds that a loaded machine, or the board's own computing, may add. */
const ALLOWANCE_MS = 1_500;

/** Milliseconds to fill the buffers between board and peer, some megabytes, and for the writes that wait after that. */
const FILLING_MS = 100_000;

/** Writes until a write is not taken; 64 MiB are more than any buffers hold. */
const FILL = readFileSync(new URL('./fill.py', import.meta.url), 'utf8');

type Duration = 'at once' | 'in time' | 'too long';

/** The peers that a time-out is for, and how the peer is told to be one. */
const PEERS = {
  silent: { faults: ['never-answers'] },
  dripping: { faults: ['slow-drip'] },
  stalling: { faults: ['stall-in-finished'] },
} as const;

const MODES = [
  { name: 'timeout', timeout: TIMEOUT },
  { name: 'non-blocking', timeout: 'non-blocking' },
] as const;

/** How long a step took in the light of its time-out: a number of milliseconds would differ from run to run. */
export function durationOf(ms: number): Duration {
  if (ms < TIMEOUT * 250) return 'at once';
  return ms <= TIMEOUT * 1000 + ALLOWANCE_MS ? 'in time' : 'too long';
}

/** Of `fill` its last write counts, which it measures itself: those before depend on the size of the buffers. */
const msOf = ({ step, value, ms }: StepOutcome): number => (step === 'fill' && typeof value === 'number' ? value : ms);

const took = (steps: readonly StepOutcome[]): string[] => steps.map((step) => `${step.step} ${durationOf(msOf(step))}`);

/** What `fill` measured is in `took`, in words. */
const given = (handshake: Handshake): unknown[] =>
  stepsOf(handshake).filter((step) => !Object.keys(step as object).includes('fill'));

/** What each step took and gave, the wrapping first; what the board says of a connection that timed out is its state. */
const shown: NonNullable<ClientRow['canonical']> = (_value, handshake) => {
  const { wrap, steps, crash } = handshake.board;
  if (crash !== null) return { end: 'crashes' };
  const wrapped = wrap.error === null ? {} : { wrap: observedError(wrap.error) };
  // A handshake before the steps that are timed takes as long as the machine is slow.
  return { took: took(steps.length === 0 ? [wrap] : steps), ...wrapped, steps: given(handshake) };
};

interface TimeoutRow {
  readonly id: string;
  readonly behaviour: PeerBehaviour;
  readonly run: Pick<BoardRun, 'timeout' | 'steps' | 'deadlineMs'>;
}

const HANDSHAKES: readonly TimeoutRow[] = Object.entries(PEERS).flatMap(([peer, behaviour]) =>
  MODES.map(({ name, timeout }) => ({ id: `wrap/${peer}/${name}`, behaviour, run: { timeout, steps: [] } })),
);

const AFTERWARDS = [
  { do: 'read', size: 1 },
  { do: 'read', size: 1 },
  { do: 'write', bytes: 'still here\n' },
  { do: 'close' },
] as const;

/** How the socket waits from here on: the handshake itself has all the time that it needs. */
const waits = (timeout: number | 'non-blocking'): BoardStep => ({
  do: 'python',
  name: 'settimeout',
  source: timeout === 'non-blocking' ? 'sock.setblocking(False)' : `sock.settimeout(${timeout})`,
});

/** After a whole handshake: a peer that says nothing, one that stops within a record, one that has closed its half. */
const CONNECTIONS: readonly TimeoutRow[] = MODES.flatMap(({ name, timeout }) =>
  (
    [
      ['silent', { application: 'silent' }],
      ['half-closed', { application: 'close' }],
      ['stalling', { application: { send: 'x'.repeat(200) }, faults: ['stall-in-data'] }],
    ] as const
  ).map(([peer, behaviour]) => ({
    id: `read/${peer}/${name}`,
    behaviour,
    run: { timeout: 10, steps: [waits(timeout), ...AFTERWARDS] },
  })),
);

/** A peer that takes nothing: the board writes until a write waits, says how that one ended, writes again and closes. */
const WRITES: readonly TimeoutRow[] = MODES.map(({ name, timeout }) => ({
  id: `write/deaf/${name}`,
  behaviour: { application: 'deaf' },
  run: {
    timeout: 10,
    deadlineMs: FILLING_MS,
    steps: [
      waits(timeout),
      { do: 'python', name: 'fill', source: FILL },
      { do: 'python', name: 'what it raised', source: 'if _raised: raise _raised' },
      { do: 'write', bytes: 'still here\n' },
      { do: 'close' },
    ],
  },
}));

const ROWS: readonly TimeoutRow[] = [...HANDSHAKES, ...CONNECTIONS, ...WRITES];

const client = ({ id, behaviour, run }: TimeoutRow): ConformanceCase =>
  clientCase({
    id: `timeouts/client/${id}`,
    server: behaviour,
    run: { deadlineMs: PATIENCE_MS, ...run },
    canonical: shown,
  });

const server = ({ id, behaviour, run }: TimeoutRow): ConformanceCase =>
  serverCase({
    id: `timeouts/server/${id}`,
    client: behaviour,
    run: { deadlineMs: PATIENCE_MS, ...run },
    canonical: shown,
  });

/** How long wrap, read, write and close really take, and what state is left. Roles client and server. */
export const TIMEOUT_CASES: readonly ConformanceCase[] = [...ROWS.map(client), ...ROWS.map(server)].map((item) => ({
  ...item,
  budgetMs: 120_000,
}));
