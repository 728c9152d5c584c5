import type { Capabilities } from '../../claim/claim.ts';
import type { ConformanceCase } from '../conformance-case.ts';
import { needs } from '../needs.ts';
import { junkLeavesSockets, oneByOne, withAsyncio } from './besieged-server.ts';
import { FIRST_HANDSHAKE_CASES } from './first-handshake.ts';
import type { Siege } from './junk-peers.ts';
import { manyRequests, parallelSessions, twoServersInTurn } from './repeated-requests.ts';
import { failingAllocations, type HeapRow, smallestHeap } from './smallest-heap.ts';
import { THREAD_CASES } from './threads.ts';

const MINUTES = 60_000;

const needsPem = ({ pem }: Capabilities): string | null => (pem ? null : 'PEM is not read: a bundle needs it');

const HEAP_ROWS: readonly HeapRow[] = [
  { name: 'p-256', key: 'p-256' },
  { name: 'p-384', key: 'p-384' },
  { name: 'rsa-2048', key: 'rsa-2048' },
  { name: 'rsa-4096', key: 'rsa-4096' },
  { name: 'p-256-chained', key: 'p-256', chained: true },
  { name: 'rsa-2048-chained', key: 'rsa-2048', chained: true },
  { name: 'p-256-5-roots', key: 'p-256', roots: 5 },
  { name: 'p-256-20-roots', key: 'p-256', roots: 20 },
  { name: 'p-256-140-roots', key: 'p-256', roots: 140 },
];

const SIEGES: readonly Siege[] = ['junk', 'silent', 'slow'];

/** What the memory, the sockets and the time of a board are good for. Roles server and client. */
export const EXHAUSTION_CASES: readonly ConformanceCase[] = [
  { id: 'exhaustion/server/junk-leaves-sockets', budgetMs: MINUTES, run: junkLeavesSockets },
  ...SIEGES.flatMap((siege): ConformanceCase[] => [
    { id: `exhaustion/server/${siege}`, budgetMs: 2 * MINUTES, run: oneByOne(siege, 5) },
    {
      id: `exhaustion/asyncio/${siege}`,
      budgetMs: 2 * MINUTES,
      unavailable: needs('context'),
      run: withAsyncio(siege),
    },
  ]),
  {
    id: 'exhaustion/client/parallel-sessions',
    budgetMs: 2 * MINUTES,
    run: parallelSessions({ size: 13_000, atOnce: false }),
  },
  ...[4, 8, 13].map((kilobytes) => ({
    id: `exhaustion/client/parallel-records-of-${kilobytes}-kb`,
    budgetMs: 2 * MINUTES,
    run: parallelSessions({ size: kilobytes * 1000, atOnce: true }),
  })),
  ...FIRST_HANDSHAKE_CASES,
  ...THREAD_CASES,
  { id: 'exhaustion/client/hundred-handshakes', budgetMs: 10 * MINUTES, run: manyRequests(100) },
  { id: 'exhaustion/client/five-hundred-requests', budgetMs: 10 * MINUTES, run: manyRequests(500) },
  { id: 'exhaustion/client/two-servers-in-turn', budgetMs: 10 * MINUTES, run: twoServersInTurn },
  { id: 'exhaustion/client/failing-allocations', budgetMs: 5 * MINUTES, run: failingAllocations },
  ...HEAP_ROWS.map(
    (row): ConformanceCase => ({
      id: `exhaustion/heap/${row.name}`,
      budgetMs: 5 * MINUTES,
      unavailable: row.roots === undefined ? needs('verify') : (can) => needs('verify')(can) ?? needsPem(can),
      run: smallestHeap(row),
    }),
  ),
];
