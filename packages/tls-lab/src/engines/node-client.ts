import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { TlsClientOptions } from '../behaviour/tls-peer.ts';
import type { EngineSession } from './engine.ts';
import { Loopback } from './loopback.ts';
import { secureContextOptions } from './node-options.ts';
import { NodeSession } from './node-session.ts';

/** node:tls as the client of a board. It sends its ClientHello at once. */
export async function nodeClientSession(options: TlsClientOptions): Promise<EngineSession> {
  await using loopback = await Loopback.listen();
  const { near, far } = await loopback.pair();
  const session = new NodeSession(near, far);
  const name = options.serverName;
  const socket = connect({
    ...secureContextOptions(options),
    socket: far,
    rejectUnauthorized: options.verify ?? false,
    ...(name === undefined || isIP(name) !== 0 ? {} : { servername: name }),
    ...(options.certificate === undefined
      ? {}
      : { key: options.certificate.key.pem, cert: options.certificate.chainPem }),
    ...(options.alpn === undefined ? {} : { ALPNProtocols: [...options.alpn] }),
  });
  session.follow(socket);
  socket.on('keylog', (line) => session.keyLog.add(line.toString('latin1')));
  socket.once('secureConnect', () => session.run(socket, options.application));
  return session;
}
