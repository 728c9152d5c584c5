import type { Claim } from '../claim/claim.ts';
import type { Pattern } from '../claim/pattern.ts';
import { type ClaimRow, claimsOf } from './claim-row.ts';

const FIVE = Array.from({ length: 5 }, () => 'completes');
const THREE = FIVE.slice(0, 3);
const timedOut = (value: unknown): boolean => typeof value === 'string' && /^OSError\((110|116)\)$/.test(value);

const AFTERWARDS = { afterwards: 'completes' };

const pieces: Readonly<Record<string, Pattern>> = Object.fromEntries(
  [256, 2_048, 8_192].map((size) => [`exhaustion/client/heap-in-pieces-of-${size}`, AFTERWARDS]),
);

const ROWS: readonly ClaimRow[] = [
  {
    id: 'exhaustion/threads-end',
    topic: 'threads',
    role: 'both',
    firmware: '>=1.20',
    statement: 'Handshakes in two threads end, each by itself or by its time-out',
    expects: {
      'exhaustion/threads/two-clients': { threads: [FIVE, FIVE] },
      'exhaustion/threads/one-times-out': { threads: [FIVE, [timedOut, timedOut]] },
      'exhaustion/threads/client-and-server': { threads: [THREE, THREE] },
    },
  },
  {
    id: 'exhaustion/first-after-boot',
    topic: 'memory',
    role: 'client',
    firmware: '>=1.20',
    statement: 'A handshake as the first thing after boot completes, as the second one does',
    expects: { 'exhaustion/client/first-after-boot': { first: 'completes', second: 'completes' } },
  },
  {
    id: 'exhaustion/memory-comes-back',
    topic: 'memory',
    role: 'client',
    firmware: '>=1.20',
    statement: 'Want of memory is an exception, and with memory again the next handshake completes',
    expects: {
      ...pieces,
      'exhaustion/client/failing-allocations': { ...AFTERWARDS, control: 'completes', crashes: false },
    },
  },
];

/** What the documentation of exceptions and of settimeout promises a program that runs short of something. */
export const EXHAUSTION_CLAIMS: readonly Claim[] = claimsOf('documentation', ROWS);
