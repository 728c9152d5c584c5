import { constants, randomBytes } from 'node:crypto';
import { createSecureContext, createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import type { TlsServerOptions } from '../behaviour/tls-peer.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { ServerEngine } from './engine.ts';
import { Loopback } from './loopback.ts';
import { secureContextOptions } from './node-options.ts';
import { NodeSession } from './node-session.ts';

/** node:tls as the server. Each connection gets a `tls.Server` of its own, so that its events belong to it alone. */
export async function nodeServerEngine(options: TlsServerOptions): Promise<ServerEngine> {
  const { tlsOptions, server: first } = usable(options);
  // Keys and chain are parsed again for a second connection only.
  let ready: Server | null = first;
  const loopback = await Loopback.listen();
  return {
    async open() {
      const { near, far } = await loopback.pair();
      const session = new NodeSession(near, far);
      const server = ready ?? createServer(tlsOptions);
      ready = null;
      server.on('keylog', (line) => session.keyLog.add(line.toString('latin1')));
      server.on('tlsClientError', (error) => session.fail(error));
      server.on('secureConnection', (socket: TLSSocket) => {
        session.follow(socket);
        session.run(socket, options.application);
      });
      server.emit('connection', far);
      return session;
    },
    async [Symbol.asyncDispose]() {
      await loopback[Symbol.asyncDispose]();
    },
  };
}

interface UsableServer {
  readonly tlsOptions: TlsOptions;
  readonly server: Server;
}

/** Tries the options at once: a connection would be too late to say that OpenSSL refuses a key, a chain or a cipher. */
function usable(options: TlsServerOptions): UsableServer {
  const { profile } = options.certificate;
  try {
    const tlsOptions = serverOptions(options);
    return { tlsOptions, server: createServer(tlsOptions) };
  } catch (cause) {
    const reason = (cause as Error).message.trim();
    throw new TlsLabError(
      'UNUSABLE_OPTIONS',
      `No TLS server can be made with these options and "${profile}": ${reason}.`,
      {
        cause,
      },
    );
  }
}

function serverOptions(options: TlsServerOptions, random: (length: number) => Buffer = randomBytes): TlsOptions {
  const shared = secureContextOptions(options);
  const clientCertificate = options.clientCertificate ?? 'none';
  const byName = new Map(
    Object.entries(options.certificatesByName ?? {}).map(([name, bundle]) => [
      name.toLowerCase(),
      createSecureContext({ ...shared, key: bundle.key.pem, cert: bundle.chainPem }),
    ]),
  );
  return {
    ...shared,
    key: options.certificate.key.pem,
    cert: options.certificate.chainPem,
    requestCert: clientCertificate !== 'none',
    rejectUnauthorized: clientCertificate === 'require',
    // A board's handshake takes up to 5 s; the harness has its own deadlines.
    handshakeTimeout: 120_000,
    ticketKeys: random(48),
    ...(options.tickets === false ? { secureOptions: constants.SSL_OP_NO_TICKET } : {}),
    ...(options.alpn === undefined ? {} : { ALPNProtocols: [...options.alpn] }),
    ...(byName.size === 0 ? {} : { SNICallback: (name, done) => done(null, byName.get(name.toLowerCase())) }),
  };
}
