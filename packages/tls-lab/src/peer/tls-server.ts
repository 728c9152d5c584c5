import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { plaintextSteps } from '../application/start-tls.ts';
import { withFaultBehaviour } from '../behaviour/fault-behaviour.ts';
import type { TlsServerOptions, TlsServerPeer } from '../behaviour/tls-peer.ts';
import { serverEngine } from '../engines/choose-engine.ts';
import { certificateSwap } from '../faults/certificate-swap.ts';
import { faultsByDirection } from '../faults/fault-table.ts';
import { Arrivals } from './arrivals.ts';
import { Connection } from './connection.ts';
import { transcriptOf } from './connection-transcript.ts';
import { cannotListen } from './listen-error.ts';
import { requireServerOptions } from './peer-options.ts';

async function standIn(certificate: TlsServerOptions['certificate']) {
  const { standInFor } = await import('../engines/stand-in-certificate.ts');
  return await standInFor(certificate);
}

/** Listens on a port that the operating system chooses; one sentence with the remedy when it cannot. */
async function listen(server: Server, address: string, engine: AsyncDisposable): Promise<void> {
  server.listen(0, address);
  try {
    await once(server, 'listening');
  } catch (cause) {
    await engine[Symbol.asyncDispose]();
    throw cannotListen('TLS', address, cause as NodeJS.ErrnoException);
  }
}

/**
 * Starts a TLS (or DTLS) server in front of which every byte, FIN and RST (or datagram) is seen. It listens on 127.0.0.1
 * unless `options.address` names another address; the operating system chooses the port.
 *
 * @example
 * await using server = await startTlsServer({ certificate: await pki.certificate('good') });
 * const { alerts } = await server.nextTranscript({ deadlineMs: 5_000 });
 * @throws TlsLabError `BAD_OPTION`, `UNSUPPORTED` or `UNUSABLE_OPTIONS` when no server can be made with the options; `OPENSSL`
 *   when openssl does not start.
 */
export async function startTlsServer(
  options: TlsServerOptions,
  now: () => number = () => performance.now(),
): Promise<TlsServerPeer> {
  requireServerOptions(options);
  if (options.transport === 'dtls') return (await import('./dtls-server.ts')).startDtlsServer(options, now);
  const asked = faultsByDirection(options.faults ?? []);
  const swap = options.presentAnyway ? [certificateSwap(options.certificate)] : [];
  const faults = { ...asked, 'to-board': [...swap, ...asked['to-board']] };
  const certificate = options.presentAnyway ? await standIn(options.certificate) : options.certificate;
  const engine = await serverEngine(withFaultBehaviour({ ...options, certificate }, faults));
  const arrivals = new Arrivals<Connection>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    arrivals.add(
      new Connection(socket, engine.open(), 'board', faults, plaintextSteps(options.startTls, 'server'), now),
    ),
  );
  await listen(server, options.address ?? '127.0.0.1', engine);
  const { address, port } = server.address() as AddressInfo;
  return {
    address,
    port,
    certificate: options.certificate,
    async nextTranscript({ deadlineMs = 10_000, signal } = {}) {
      const startedAtMs = now();
      const connection = await arrivals.next(`a connection to ${address}:${port}`, deadlineMs, signal);
      return transcriptOf(connection, Math.max(0, deadlineMs - (now() - startedAtMs)), signal);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await arrivals[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
