import type { BoardRun, PeerBehaviour, StepOutcome } from '@wirewrap/tls-lab';
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

const took = (steps: readonly StepOutcome[]): string[] => steps.map(({ step, ms }) => `${step} ${durationOf(ms)}`);

/** What each step took and gave, the wrapping first; what the board says of a connection that timed out is its state. */
const shown: NonNullable<ClientRow['canonical']> = (_value, handshake) => {
  const { wrap, steps, crash } = handshake.board;
  if (crash !== null) return { end: 'crashes' };
  const wrapped = wrap.error === null ? {} : { wrap: observedError(wrap.error) };
  // A handshake before the steps that are timed takes as long as the machine is slow.
  return { took: took(steps.length === 0 ? [wrap] : steps), ...wrapped, steps: stepsOf(handshake) };
};

interface TimeoutRow {
  readonly id: string;
  readonly behaviour: PeerBehaviour;
  readonly run: Pick<BoardRun, 'timeout' | 'steps'>;
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
    // The handshake itself has all the time that it needs: only what comes after it is timed.
    run: {
      timeout: 10,
      steps: [
        {
          do: 'python',
          name: 'settimeout',
          source: timeout === 'non-blocking' ? 'sock.setblocking(False)' : `sock.settimeout(${timeout})`,
        },
        ...AFTERWARDS,
      ],
    },
  })),
);

const ROWS: readonly TimeoutRow[] = [...HANDSHAKES, ...CONNECTIONS];

const client = ({ id, behaviour, run }: TimeoutRow): ConformanceCase =>
  clientCase({
    id: `timeouts/client/${id}`,
    server: behaviour,
    run: { ...run, deadlineMs: PATIENCE_MS },
    canonical: shown,
  });

const server = ({ id, behaviour, run }: TimeoutRow): ConformanceCase =>
  serverCase({
    id: `timeouts/server/${id}`,
    client: behaviour,
    run: { ...run, deadlineMs: PATIENCE_MS },
    canonical: shown,
  });

/** How long wrap, read, write and close really take, and what state is left. Roles client and server. */
export const TIMEOUT_CASES: readonly ConformanceCase[] = [...ROWS.map(client), ...ROWS.map(server)].map((item) => ({
  ...item,
  budgetMs: 120_000,
}));
