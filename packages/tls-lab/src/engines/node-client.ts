import { isIP } from 'node:net';
import { type ConnectionOptions, connect, createSecureContext } from 'node:tls';
import type { TlsClientOptions } from '../behaviour/tls-peer.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { EngineSession } from './engine.ts';
import { Loopback } from './loopback.ts';
import { secureContextOptions } from './node-options.ts';
import { NodeSession } from './node-session.ts';

function contextOptions(options: TlsClientOptions): ConnectionOptions {
  const own = options.certificate;
  return {
    ...secureContextOptions(options),
    ...(own === undefined ? {} : { key: own.key.pem, cert: own.chainPem }),
  };
}

/**
 * Throws `UNUSABLE_OPTIONS` where OpenSSL does not load the certificate or another option: behind the connection the board
 * would see an end without a reason.
 */
export function requireUsableClient(options: TlsClientOptions): void {
  try {
    createSecureContext(contextOptions(options));
  } catch (cause) {
    const reason = (cause as Error).message.trim();
    const which = options.certificate === undefined ? '' : ` and "${options.certificate.profile}"`;
    throw new TlsLabError('UNUSABLE_OPTIONS', `No TLS client can be made with these options${which}: ${reason}.`, {
      cause,
    });
  }
}

/** node:tls as the client of a board. It sends its ClientHello at once. */
export async function nodeClientSession(options: TlsClientOptions): Promise<EngineSession> {
  await using loopback = await Loopback.listen();
  const { near, far } = await loopback.pair();
  const session = new NodeSession(near, far);
  const name = options.serverName;
  const socket = connect({
    ...contextOptions(options),
    socket: far,
    rejectUnauthorized: options.verify ?? false,
    ...(name === undefined || isIP(name) !== 0 ? {} : { servername: name }),
    ...(options.alpn === undefined ? {} : { ALPNProtocols: [...options.alpn] }),
  });
  session.follow(socket);
  socket.on('keylog', (line) => session.keyLog.add(line.toString('latin1')));
  socket.once('secureConnect', () => session.run(socket, options.application));
  return session;
}
