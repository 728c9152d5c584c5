import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { serverEngine } from '../engines/choose-engine.ts';
import { faultsByDirection, withFaultBehaviour } from '../faults/fault-table.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { Connection } from './connection.ts';
import { transcriptOf } from './connection-transcript.ts';
import type { TlsServerOptions, TlsServerPeer } from './tls-peer.ts';
import { waitFor } from './wait.ts';

/** Listens on a port that the operating system chooses; one sentence with the remedy when it cannot. */
async function listen(server: Server, address: string, engine: AsyncDisposable): Promise<void> {
  server.listen(0, address);
  try {
    await once(server, 'listening');
  } catch (cause) {
    await engine[Symbol.asyncDispose]();
    const code = (cause as NodeJS.ErrnoException).code ?? 'LISTEN';
    const remedy = 'name an address of this host (WIREWRAP_LISTEN), or none for loopback';
    throw new TlsLabError(code, `The TLS server cannot listen on ${address} (${code}); ${remedy}.`, { cause });
  }
}

/**
 * Starts a TLS server in front of which every byte, FIN and RST is seen. It listens on 127.0.0.1 unless
 * `options.address` names another address; the operating system chooses the port.
 */
export async function startTlsServer(options: TlsServerOptions): Promise<TlsServerPeer> {
  const faults = faultsByDirection(options.faults ?? []);
  const engine = await serverEngine(withFaultBehaviour(options, faults));
  const open = new Set<Connection>();
  const arrived: Connection[] = [];
  const claims: ((connection: Connection) => void)[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = new Connection(socket, engine.open(), 'board', faults);
    open.add(connection);
    connection.closed.then(() => open.delete(connection));
    const claim = claims.shift();
    if (claim === undefined) arrived.push(connection);
    else claim(connection);
  });
  await listen(server, options.address ?? '127.0.0.1', engine);
  const { address, port } = server.address() as AddressInfo;

  const nextConnection = async (deadlineMs: number, signal?: AbortSignal): Promise<Connection> => {
    const first = arrived.shift();
    if (first !== undefined) return first;
    const { promise, resolve } = Promise.withResolvers<Connection>();
    claims.push(resolve);
    try {
      return await waitFor(`a connection to ${address}:${port}`, promise, { deadlineMs, signal });
    } finally {
      const at = claims.indexOf(resolve);
      if (at >= 0) claims.splice(at, 1);
    }
  };

  return {
    address,
    port,
    certificate: options.certificate,
    async nextTranscript({ deadlineMs = 10_000, signal } = {}) {
      const startedAtMs = performance.now();
      const connection = await nextConnection(deadlineMs, signal);
      return transcriptOf(connection, Math.max(0, deadlineMs - (performance.now() - startedAtMs)), signal);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await Promise.all([...open, ...arrived].map((connection) => connection[Symbol.asyncDispose]()));
      await engine[Symbol.asyncDispose]();
    },
  };
}
