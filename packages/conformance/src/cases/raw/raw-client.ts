import { once } from 'node:events';
import { connect } from 'node:net';
import { type BoardOutcome, type BoardRun, ContentType, createBoardEndpoint } from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import { ConformanceError } from '../../errors.ts';
import type { CaseBench } from '../conformance-case.ts';
import { alertName, type Reaction, silenceMs } from './raw-server.ts';
import { SocketBytes } from './socket-bytes.ts';

/** A message of the board's: its type and its body. */
export interface RawMessage {
  readonly type: number;
  readonly body: Buffer;
}

/** The host's end of a connection to the board as server, without a TLS engine: what is sent is what the caller makes. */
export interface RawClient {
  send(bytes: Uint8Array): void;
  /** The board's next handshake message in the clear, or what came in its place. */
  next(): Promise<RawMessage | Reaction>;
}

class RawPeer implements RawClient {
  readonly send: RawClient['send'];
  readonly #queue: SocketBytes;
  readonly #limit: number;
  #handshake = Buffer.alloc(0);

  constructor(send: RawClient['send'], queue: SocketBytes, limit: number) {
    this.send = send;
    this.#queue = queue;
    this.#limit = limit;
  }

  async next(): Promise<RawMessage | Reaction> {
    for (;;) {
      const length = this.#handshake.length < 4 ? null : this.#handshake.readUIntBE(1, 3);
      if (length !== null && this.#handshake.length >= 4 + length) {
        const message = { type: this.#handshake.readUInt8(0), body: this.#handshake.subarray(4, 4 + length) };
        this.#handshake = this.#handshake.subarray(4 + length);
        return message;
      }
      const other = await this.#record();
      if (other !== null) return other;
    }
  }

  /** Takes one record; null where it continues the handshake. */
  async #record(): Promise<Reaction | null> {
    const head = await this.#queue.take(5, this.#limit);
    if (typeof head === 'string') return head;
    const body = await this.#queue.take(head.readUInt16BE(3), this.#limit);
    if (typeof body === 'string') return body;
    if (head[0] === ContentType.alert) return alertName(body[1] ?? 0);
    if (head[0] === ContentType.handshake) this.#handshake = Buffer.concat([this.#handshake, body]);
    return head[0] === ContentType.application_data ? 'application_data' : null;
  }
}

/**
 * The board serves, and the host connects as a client that is none: `talk` has the connection, which is cut off behind it.
 */
export async function talkRawTo<T>(
  { board, network, can }: CaseBench,
  run: BoardRun,
  talk: (peer: RawClient) => Promise<T>,
): Promise<{ readonly said: T; readonly board: BoardOutcome }> {
  const endpoint = createBoardEndpoint(board, network);
  const port = await network.boardPort();
  const talked = Promise.withResolvers<T>();
  talked.promise.catch(ignored('the talk with the board'));
  const outcome = await endpoint.serve(port, run, async () => {
    const socket = connect(network.boardAt(port));
    socket.on('error', () => {});
    try {
      await once(socket, 'connect', { signal: AbortSignal.timeout(20_000) });
      const send = (bytes: Uint8Array): void => void socket.write(bytes);
      talked.resolve(await talk(new RawPeer(send, new SocketBytes(socket), silenceMs({ can }))));
    } catch (error) {
      talked.reject(error);
      throw error;
    } finally {
      socket.destroy();
    }
  });
  // Settled long ago, unless the board raised before it listened and was never asked.
  talked.reject(
    new ConformanceError('NO_HELLO', `The board took no connection (${outcome.error?.type ?? outcome.wrap.step}).`),
  );
  return { said: await talked.promise, board: outcome };
}
