import type { ClaimRow } from './claim-row.ts';

/** The echo of an asyncio stream. */
const ANSWERED = { answer: "b'ping\\n'" } as const;

/** Streams of asyncio. */
export const ASYNCIO_ROWS: readonly ClaimRow[] = [
  {
    id: 'asyncio-client',
    topic: 'asyncio',
    role: 'client',
    firmware: '>=1.23',
    statement: 'asyncio.open_connection takes a context, or True for a default one, as ssl',
    expects: {
      'asyncio/required-good': ANSWERED,
      'asyncio/required-wrong-host': { raises: { type: 'ValueError', text: /certificate/i } },
      'asyncio/ssl-true': ANSWERED,
    },
  },
  {
    id: 'asyncio-server',
    topic: 'asyncio',
    role: 'server',
    firmware: '>=1.23',
    statement: 'asyncio.start_server takes a context as ssl',
    expects: { 'asyncio/server': ANSWERED },
  },
];
