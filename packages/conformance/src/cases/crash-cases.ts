import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase, HOST } from './handshake-case.ts';
import { needs } from './needs.ts';

/** Three programs that bring firmwares down; they run last. What comes after the crash is asked of a new interpreter. */
const ROWS: readonly ClientRow[] = [
  {
    id: 'crash/setblocking-after-close',
    number: '46',
    run: { steps: [{ do: 'close' }, { do: 'setblocking', blocking: false }] },
    canonical: survival,
  },
  {
    id: 'crash/setblocking-after-deferred-close',
    number: '46',
    args: { do_handshake: false },
    run: { steps: [{ do: 'close' }, { do: 'setblocking', blocking: false }] },
    canonical: survival,
  },
  {
    id: 'crash/setblocking-after-failed-handshake',
    number: '46',
    args: { do_handshake: false, server_hostname: HOST },
    server: { faults: ['http-answer'] },
    run: {
      steps: [
        { do: 'write', bytes: 'x' },
        { do: 'setblocking', blocking: false },
      ],
    },
    canonical: survival,
  },
  {
    id: 'crash/cipher-before-handshake',
    number: '46',
    unavailable: needs('cipher'),
    args: { do_handshake: false },
    run: { steps: [{ do: 'cipher' }] },
    canonical: survival,
  },
];

function survival(...[value, { board }]: Parameters<NonNullable<ClientRow['canonical']>>): unknown {
  if (value.end === 'crashes') return { end: 'crashes' };
  const last = board.steps.at(-1);
  return { end: 'survives', last: last?.error?.type ?? 'no error' };
}

export const CRASH_CASES: readonly ConformanceCase[] = ROWS.map(clientCase);
