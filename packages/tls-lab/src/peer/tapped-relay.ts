import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { log } from '../log.ts';
import { buildTranscript } from '../transcript/build-transcript.ts';
import { KeyLog } from '../transcript/key-log.ts';
import type { Sender, Transcript } from '../transcript/transcript.ts';
import { WireLog } from '../transcript/wire-log.ts';
import { cannotListen } from './listen-error.ts';

/** Between whom a relay stands. */
export interface TappedRelayOptions {
  /** The address of this host that the client dials. */
  readonly listen: string;
  /** Where the server is. */
  readonly target: { readonly host: string; readonly port: number };
  /** Which end is the board under test. */
  readonly client: Sender;
  /** Default `tcp`. */
  readonly transport?: 'tcp' | 'udp';
}

/** Carries the bytes between two boards of which none can dial the other, and keeps what passed. */
export interface TappedRelay extends AsyncDisposable {
  readonly port: number;
  /** What passed so far, a connection each, oldest first. No key is known: what is encrypted stays so. */
  transcripts(): Transcript[];
}

/**
 * Stands between a client and a server that are both boards. Ends and resets go on to the other side as they came.
 *
 * @example await using relay = await startTappedRelay({ listen: '127.0.0.1', target: { host: '192.168.4.16', port: 8000 }, client: 'peer' });
 * @throws TlsLabError when it cannot listen on the address.
 */
export async function startTappedRelay(
  options: TappedRelayOptions,
  now: () => number = () => performance.now(),
): Promise<TappedRelay> {
  const logs: WireLog[] = [];
  const begun = (): WireLog => {
    const wire = new WireLog(now);
    logs.push(wire);
    return wire;
  };
  const { transport = 'tcp' } = options;
  const relay = transport === 'udp' ? await relayDatagrams(options, begun) : await relayConnections(options, begun);
  const protocol = transport === 'udp' ? 'dtls' : 'tls';
  return {
    ...relay,
    transcripts: () =>
      logs.map((wire) => {
        const view = { keyLog: new KeyLog(), error: null, received: new Uint8Array() };
        return { ...buildTranscript(wire, options.client, view, protocol), faults: [] };
      }),
  };
}

type Relay = AsyncDisposable & { readonly port: number };

async function relayConnections(options: TappedRelayOptions, begun: () => WireLog): Promise<Relay> {
  const { target, client: sender } = options;
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    const wire = begun();
    const far = connect({ ...target, allowHalfOpen: true });
    lead(client, far, sender, wire);
    lead(far, client, other(sender), wire);
    for (const socket of [client, far]) {
      sockets.add(socket.setNoDelay(true));
      socket.once('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, options.listen);
  await once(server, 'listening').catch((cause) => {
    throw cannotListen('TLS', options.listen, cause);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** One direction: bytes, then the end or the reset. */
function lead(from: Socket, to: Socket, sender: Sender, wire: WireLog): void {
  from.on('data', (bytes) => wire.data(sender, bytes));
  from.pipe(to);
  from.once('end', () => wire.end(sender, 'fin'));
  from.once('close', () => wire.closed());
  from.on('error', (error: NodeJS.ErrnoException) => {
    log('the relay, from the %s: %s', sender, error);
    // Of an end that cannot be reached nothing came. A write may learn of a reset before the read does.
    if (error.syscall !== 'connect') wire.end(sender, 'rst');
    to.resetAndDestroy();
  });
}

async function relayDatagrams(options: TappedRelayOptions, begun: () => WireLog): Promise<Relay> {
  const { target, client: sender } = options;
  const near = createSocket('udp4');
  const far = createSocket('udp4');
  near.bind(0, options.listen);
  await once(near, 'listening').catch((cause) => {
    throw cannotListen('DTLS', options.listen, cause);
  });
  far.connect(target.port, target.host);
  await once(far, 'connect').catch((error) => {
    near.close();
    far.close();
    throw error;
  });
  let client: RemoteInfo | undefined;
  let wire: WireLog | undefined;
  near.on('message', (datagram, remote) => {
    client = remote;
    wire ??= begun();
    wire.data(sender, datagram);
    far.send(datagram);
  });
  far.on('message', (datagram) => {
    wire?.data(other(sender), datagram);
    if (client) near.send(datagram, client.port, client.address);
  });
  // A server that has closed its socket refuses datagrams, which its client notices by itself.
  for (const socket of [near, far]) socket.on('error', (error) => log('the relay of datagrams: %s', error));
  return {
    port: near.address().port,
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [near, far].map(async (socket) => {
          const closed = once(socket, 'close');
          socket.close();
          await closed;
        }),
      );
    },
  };
}

function other(sender: Sender): Sender {
  return sender === 'board' ? 'peer' : 'board';
}
