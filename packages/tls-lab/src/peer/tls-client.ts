import { once } from 'node:events';
import { connect } from 'node:net';
import { plaintextSteps } from '../application/start-tls.ts';
import { withFaultBehaviour } from '../behaviour/fault-behaviour.ts';
import type { TlsClientOptions, TlsClientPeer } from '../behaviour/tls-peer.ts';
import { clientSession, requireClientEngine } from '../engines/choose-engine.ts';
import { faultsByDirection } from '../faults/fault-table.ts';
import { waitFor } from '../time/wait.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { Connection } from './connection.ts';
import { transcriptOf } from './connection-transcript.ts';
import { requireClientOptions } from './peer-options.ts';

/** How long TCP may take to connect to a board that said that it listens, in milliseconds. */
const CONNECT_DEADLINE_MS = 10_000;

/**
 * Connects to a board that listens, and starts TLS as its client. Rejects when TCP does not connect.
 *
 * @example
 * await using client = await connectTlsClient('192.168.4.16', 8443, { serverName: 'board.test' });
 * const { alerts } = await client.transcript({ deadlineMs: 5_000 });
 * @throws TlsLabError `BAD_OPTION` when an option is wrong; `DEADLINE` or the system's code, such as `ECONNREFUSED`, when TCP
 *   does not connect.
 */
export async function connectTlsClient(host: string, port: number, options: TlsClientOptions): Promise<TlsClientPeer> {
  requireClientOptions(options);
  requireClientEngine(options);
  if (options.transport === 'dtls') return (await import('./dtls-client.ts')).connectDtlsClient(host, port, options);
  const faults = faultsByDirection(options.faults ?? []);
  const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
  try {
    await waitFor(`the TCP connection to ${host}:${port}`, once(socket, 'connect'), {
      deadlineMs: CONNECT_DEADLINE_MS,
    });
  } catch (cause) {
    socket.destroy();
    if (cause instanceof TlsLabError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'CONNECT';
    const remedy = 'check that the board listens and that this host reaches it (WIREWRAP_BOARD_ADDRESS)';
    throw new TlsLabError(code, `The host could not connect to ${host}:${port} (${code}); ${remedy}.`, { cause });
  }
  const session = clientSession(withFaultBehaviour(options, faults));
  const connection = new Connection(socket, session, 'peer', faults, plaintextSteps(options.startTls, 'client'));
  return {
    transcript: ({ deadlineMs = 10_000, signal } = {}) => transcriptOf(connection, deadlineMs, signal),
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
