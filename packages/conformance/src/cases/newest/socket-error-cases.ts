import type { BoardRun, Handshake, PeerBehaviour } from '@wirewrap/tls-lab';
import type { ConformanceCase } from '../conformance-case.ts';
import { clientCase, serverCase } from '../handshake-case.ts';

/** What a program sees of an error: the number's sign, and whether there is a text beside it. */
function shown(_value: unknown, { board }: Handshake): unknown {
  if (board.crash !== null) return { end: 'crashes' };
  // The last step is the one that is asked about.
  const error = board.wrap.error ?? board.steps.at(-1)?.error ?? null;
  if (error === null) return { end: 'completes' };
  const text = error.args.length > 1 ? typeof error.args[1] : null;
  const kind = error.errno === null ? null : Math.abs(error.errno) < 256 ? 'socket' : 'tls';
  return { end: 'fails', type: error.type, of: kind, positive: (error.errno ?? 0) > 0, text };
}

interface Row {
  readonly name: string;
  readonly behaviour: PeerBehaviour;
  readonly run: Pick<BoardRun, 'steps' | 'timeout'>;
}

const READ = { do: 'read', size: 1 } as const;
const WRITE = { do: 'write', bytes: 'x'.repeat(100) } as const;
const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
/** So that the reset is there before the write, whatever the machine does. */
const UNTIL_RESET = { do: 'poll', events: 'in', timeoutMs: 5_000 } as const;

const ROWS: readonly Row[] = [
  {
    name: 'read-reset',
    behaviour: { ...TLS12, application: { send: 'ab' }, faults: ['rst-in-data'] },
    run: { steps: [READ] },
  },
  {
    name: 'write-reset',
    behaviour: { ...TLS12, application: { send: 'ab' }, faults: ['rst-in-data'] },
    run: { steps: [UNTIL_RESET, WRITE, WRITE] },
  },
  { name: 'read-timeout', behaviour: { ...TLS12, application: 'silent' }, run: { steps: [READ], timeout: 3 } },
  {
    name: 'read-bad-mac',
    behaviour: { ...TLS12, application: { send: 'ab' }, faults: ['bit-flip-in-data'] },
    run: { steps: [READ] },
  },
  {
    name: 'write-after-bad-mac',
    behaviour: { ...TLS12, application: { send: 'ab' }, faults: ['bit-flip-in-data'] },
    run: { steps: [READ, WRITE] },
  },
];

const behindHandshake = (row: Row): BoardRun => ({ ...row.run, deadlineMs: 20_000 });

/** Errors of read and write, from 1.28 on with a positive errno and a text. Roles client and server. */
export const SOCKET_ERROR_CASES: readonly ConformanceCase[] = ROWS.flatMap((row) => [
  clientCase({
    id: `newest/client/errors/${row.name}`,
    server: row.behaviour,
    run: behindHandshake(row),
    canonical: shown,
  }),
  serverCase({
    id: `newest/server/errors/${row.name}`,
    client: row.behaviour,
    run: behindHandshake(row),
    canonical: shown,
  }),
]);
