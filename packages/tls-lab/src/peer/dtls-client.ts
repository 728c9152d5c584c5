import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { TlsClientOptions, TlsClientPeer } from '../behaviour/tls-peer.ts';
import { dtlsClientSession } from '../engines/dtls-engine.ts';
import { needsTcp } from '../engines/openssl-options.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { transcriptOf } from './connection-transcript.ts';
import { DtlsConnection } from './dtls-connection.ts';

/**
 * Starts DTLS with a board that listens. UDP does not connect, so a board that does not listen shows in the transcript
 * (no datagram of the board, `peerError.code` `ECONNREFUSED` where its network says so).
 */
export async function connectDtlsClient(host: string, port: number, options: TlsClientOptions): Promise<TlsClientPeer> {
  needsTcp(options);
  const { address, family } = await lookup(host).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code ?? 'LOOKUP';
    throw new TlsLabError(code, `The host has no address for "${host}" (${code}); check WIREWRAP_BOARD_ADDRESS.`, {
      cause,
    });
  });
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  socket.connect(port, address);
  await once(socket, 'connect').catch((cause: NodeJS.ErrnoException) => {
    socket.close();
    const code = cause.code ?? 'CONNECT';
    const remedy = 'check that this host reaches the board (WIREWRAP_BOARD_ADDRESS)';
    throw new TlsLabError(code, `The host cannot send to ${host}:${port} (${code}); ${remedy}.`, { cause });
  });
  const early: Buffer[] = [];
  const session = dtlsClientSession(options, (datagram) => early.push(datagram));
  let closed = false;
  const connection = new DtlsConnection(session, 'peer', (datagram) => {
    if (!closed) socket.send(datagram);
  });
  socket.on('message', (datagram) => connection.fromBoard(datagram));
  socket.on('error', (error) => connection.unreachable(error));
  session.then(
    () => early.forEach((datagram) => void connection.fromPeer(datagram)),
    () => {},
  );
  const close = async (): Promise<void> => {
    await connection[Symbol.asyncDispose]();
    if (!closed) socket.close();
    closed = true;
  };
  return {
    async transcript({ deadlineMs = 10_000, signal } = {}) {
      try {
        return await transcriptOf(connection, deadlineMs, signal);
      } finally {
        await close();
      }
    },
    [Symbol.asyncDispose]: close,
  };
}
