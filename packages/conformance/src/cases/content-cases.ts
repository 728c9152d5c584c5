import { createHash } from 'node:crypto';
import type { Handshake } from '@wirewrap/tls-lab';
import type { HandshakeObservation } from '../observation/handshake-observation.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { clientCase, serverCase } from './handshake-case.ts';
import { needs } from './needs.ts';

/** Blocks of 2,016 bytes, each its own: more than 64 KiB, five records of the largest size. */
const BLOCKS = 42;

const blockOf = (index: number): Buffer =>
  Buffer.concat(Array<Buffer>(63).fill(createHash('sha256').update(String(index)).digest()));

/** Every block is different, so that a byte that is changed, lost, doubled or moved shows. */
const CONTENT = Buffer.concat(Array.from({ length: BLOCKS }, (_, index) => blockOf(index)));
const DIGEST = createHash('sha256').update(CONTENT).digest();

const READ = {
  read: 'b = wrapped.read(m)',
  readinto: 'n = wrapped.readinto(memoryview(v)[:m])\n    b = v[:n]',
} as const;

/** On the board: reads all of it, 1,500 bytes at a time, and gives how much there was and its SHA-256. */
const take = (get: string): string => `
from hashlib import sha256
h = sha256()
left = ${CONTENT.length}
v = bytearray(1500)
while left:
    m = min(left, 1500)
    ${get}
    if not b:
        break
    h.update(b)
    left -= len(b)
result = (${CONTENT.length} - left, h.digest())`;

/**
 * Behind the content; the host answers it. A board that closes with unread bytes, such as the tickets of TLS 1.3, resets the
 * connection, and what the host has not read yet is gone.
 */
const END = 'wirewrap-end\n';

/** On the board: makes the same blocks, sends them, and waits until the host has them. */
const give = (put: string): string => `
from hashlib import sha256
for i in range(${BLOCKS}):
    b = sha256(str(i).encode()).digest() * 63
    n = ${put}(b)
    if n is not None and n != len(b):
        break
wrapped.write(b'${END.trim()}\\n')
wrapped.read(3)
result = i + 1`;

/** What the board took, whole or not. A length alone says nothing of its content. */
function taken(value: HandshakeObservation, { board }: Handshake): unknown {
  const step = board.steps[0];
  if (value.end !== 'completes' || !Array.isArray(step?.value)) return value;
  const [bytes, digest] = step.value;
  return { end: value.end, bytes, intact: digest instanceof Uint8Array && DIGEST.equals(digest) };
}

/** What reached the host, whole or not. */
function given(value: HandshakeObservation, { wire }: Handshake): unknown {
  if (value.end !== 'completes') return value;
  const received = Buffer.from(wire?.received ?? []);
  const content = received.subarray(0, -END.length);
  const whole = received.subarray(-END.length).toString('latin1') === END;
  return { end: value.end, bytes: content.length, intact: whole && content.equals(CONTENT) };
}

const step = (name: string, source: string) => ({ steps: [{ do: 'python', name, source }] }) as const;
const SENDING = { send: CONTENT } as const;
const ANSWERING = { respond: 'ok\n', when: END } as const;

/** 84,672 bytes each way, by each method, compared by their contents. */
export const CONTENT_CASES: readonly ConformanceCase[] = [
  ...(['read', 'readinto'] as const).map((method) =>
    clientCase({
      id: `stream/content/${method}`,
      number: '30',
      server: { application: SENDING },
      run: step(method, take(READ[method])),
      canonical: taken,
    }),
  ),
  clientCase({
    id: 'stream/content/recv-into',
    unavailable: needs('recv'),
    server: { application: SENDING },
    run: step('recv_into', take(READ.readinto.replace('readinto', 'recv_into'))),
    canonical: taken,
  }),
  ...(['write', 'send'] as const).map((method) =>
    clientCase({
      id: `stream/content/${method}`,
      number: '31',
      ...(method === 'send' ? { unavailable: needs('recv') } : {}),
      server: { application: ANSWERING },
      run: step(method, give(`wrapped.${method}`)),
      canonical: given,
    }),
  ),
  serverCase({
    id: 'server/content/read',
    client: { application: SENDING },
    run: step('read', take(READ.read)),
    canonical: taken,
  }),
  serverCase({
    id: 'server/content/write',
    client: { application: ANSWERING },
    run: step('write', give('wrapped.write')),
    canonical: given,
  }),
];
