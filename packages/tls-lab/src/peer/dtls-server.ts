import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { TlsServerOptions, TlsServerPeer } from '../behaviour/tls-peer.ts';
import { dtlsServerEngine } from '../engines/dtls-engine.ts';
import { needsTcp } from '../engines/openssl-options.ts';
import { log } from '../log.ts';
import { ContentType } from '../tls/content-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { dtlsRecords } from '../transcript/dtls-record.ts';
import { Arrivals } from './arrivals.ts';
import { transcriptOf } from './connection-transcript.ts';
import { DtlsConnection } from './dtls-connection.ts';
import { cannotListen } from './listen-error.ts';

/** Board addresses that are served at a time: each has a process of openssl. */
const MOST_OPEN = 16;
/** Board addresses that are remembered after their connection, so that a late datagram does not start another. */
const REMEMBERED = 256;

/** A DTLS server: one UDP socket for the board's datagrams, and a run of openssl for each address that sends some. */
export async function startDtlsServer(
  options: TlsServerOptions,
  now: () => number = () => performance.now(),
): Promise<TlsServerPeer> {
  needsTcp(options);
  const asked = options.address ?? '127.0.0.1';
  const engine = await dtlsServerEngine(options);
  const socket = createSocket(isIPv6(asked) ? 'udp6' : 'udp4');
  socket.bind(0, asked);
  await once(socket, 'listening').catch(async (cause) => {
    await engine[Symbol.asyncDispose]();
    throw cannotListen('DTLS', asked, cause);
  });
  // A board that closed its socket: the datagrams to it are refused, which its connection notices by itself.
  socket.on('error', (error) => log('the UDP socket of the host: %s', error));
  const { address, port } = socket.address();
  const arrivals = new Arrivals<DtlsConnection>();
  let closed = false;
  const byBoard = new Map<string, DtlsConnection | null>();

  const open = (remote: RemoteInfo, key: string): DtlsConnection => {
    const send = (datagram: Buffer): void => socket.send(datagram, remote.port, remote.address);
    const connection = new DtlsConnection(engine.open(), 'board', send, now);
    byBoard.delete(key);
    byBoard.set(key, connection);
    connection.closed.then(() => {
      if (byBoard.get(key) === connection) byBoard.set(key, null);
      forgetOldest(byBoard);
    });
    arrivals.add(connection);
    return connection;
  };

  socket.on('message', (datagram, remote) => {
    const key = `${remote.address} ${remote.port}`;
    const known = byBoard.get(key);
    const fresh = known === undefined || (known === null && isFirstFlight(datagram));
    if (known) known.fromBoard(datagram);
    else if (fresh && arrivals.open < MOST_OPEN) open(remote, key).fromBoard(datagram);
  });

  return {
    address,
    port,
    certificate: options.certificate,
    async nextTranscript({ deadlineMs = 10_000, signal } = {}) {
      const startedAtMs = now();
      const connection = await arrivals.next(`a DTLS datagram to ${address}:${port}`, deadlineMs, signal);
      return transcriptOf(connection, Math.max(0, deadlineMs - (now() - startedAtMs)), signal);
    },
    async [Symbol.asyncDispose]() {
      socket.removeAllListeners('message');
      await arrivals[Symbol.asyncDispose]();
      if (!closed) socket.close();
      closed = true;
      await engine[Symbol.asyncDispose]();
    },
  };
}

/** Whether a datagram begins with an unprotected handshake record: a ClientHello, or a part of it. */
function isFirstFlight(datagram: Buffer): boolean {
  const [first] = dtlsRecords(datagram, 0);
  return first?.type === ContentType.handshake && first.epoch === 0 && first.fragment[0] === HandshakeType.client_hello;
}

function forgetOldest(byBoard: Map<string, DtlsConnection | null>): void {
  for (const [key, connection] of byBoard) {
    if (byBoard.size <= REMEMBERED) return;
    if (connection === null) byBoard.delete(key);
  }
}
