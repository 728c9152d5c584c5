import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import {
  AlertDescription,
  type BoardOutcome,
  type BoardRun,
  ContentType,
  createBoardEndpoint,
  HandshakeType,
  type ParsedClientHello,
  parseClientHello,
} from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import { ConformanceError } from '../../errors.ts';
import type { CaseBench } from '../conformance-case.ts';
import { SocketBytes } from './socket-bytes.ts';

/** Milliseconds after which a board counts as silent: a chip checks a signature for up to 3 s. */
export const silenceMs = ({ can }: Pick<CaseBench, 'can'>): number => (can.hardware ? 10_000 : 2_000);

/** How a board reacts to what it was sent: `alert 47 illegal_parameter`, `client_key_exchange`, `silence`, `the end`. */
export type Reaction = string;

/** The host's end of one connection, without a TLS engine: what is sent is what the caller makes. */
export interface RawConnection {
  /** The board's ClientHello. */
  readonly hello: ParsedClientHello;
  send(bytes: Uint8Array): void;
  /** The board's next record that says something: a ChangeCipherSpec does not. */
  reaction(): Promise<Reaction>;
}

export const nameOf = (names: Readonly<Record<string, number>>, number: number): string =>
  Object.entries(names).find(([, value]) => value === number)?.[0] ?? `type_${number}`;

/** `alert 47 illegal_parameter`. */
export function alertName(number: number): Reaction {
  return `alert ${number} ${nameOf(AlertDescription, number)}`;
}

async function nextReaction(queue: SocketBytes, deadlineMs: number): Promise<Reaction> {
  for (;;) {
    const head = await queue.take(5, deadlineMs);
    if (typeof head === 'string') return head;
    const body = await queue.take(head.readUInt16BE(3), deadlineMs);
    if (typeof body === 'string') return body;
    const [type = 0, first = 0, second = 0] = [head[0], body[0], body[1]];
    if (type === ContentType.alert) return alertName(second);
    if (type === ContentType.handshake) return nameOf(HandshakeType, first);
    if (type !== ContentType.change_cipher_spec) return nameOf(ContentType, type);
  }
}

async function converse<T>(socket: Socket, bench: CaseBench, talk: (peer: RawConnection) => Promise<T>): Promise<T> {
  const queue = new SocketBytes(socket);
  const limit = silenceMs(bench);
  const head = await queue.take(5, limit);
  const body = typeof head === 'string' ? head : await queue.take(head.readUInt16BE(3), limit);
  // The four bytes of the handshake header stand before the body.
  const hello = typeof body === 'string' ? null : parseClientHello(body.subarray(4));
  if (hello === null)
    throw new ConformanceError(
      'NO_HELLO',
      `The board sent no ClientHello that can be read, but ${String(body).slice(0, 40)}.`,
    );
  return await talk({ hello, send: (bytes) => void socket.write(bytes), reaction: () => nextReaction(queue, limit) });
}

/**
 * The board connects as TLS client to a server that speaks no TLS: `talk` has the connection once the ClientHello came, and it is
 * cut off behind it.
 */
export async function talkRaw<T>(
  bench: CaseBench,
  run: BoardRun,
  talk: (peer: RawConnection) => Promise<T>,
): Promise<{ readonly said: T; readonly board: BoardOutcome }> {
  const { board, network } = bench;
  await using server = createServer();
  server.listen(0, network.listenAddress);
  await once(server, 'listening');
  const { address, port } = server.address() as { address: string; port: number };
  const endpoint = createBoardEndpoint(board, network);
  await endpoint.ready();
  const said = once(server, 'connection', { signal: AbortSignal.timeout(20_000) }).then(async ([socket]) => {
    (socket as Socket).on('error', () => {});
    try {
      return await converse(socket as Socket, bench, talk);
    } finally {
      (socket as Socket).destroy();
    }
  });
  said.catch(ignored('the talk with the board'));
  const outcome = await endpoint.connect(network.hostFor(address), port, run);
  return { said: await said, board: outcome };
}
