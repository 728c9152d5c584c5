import type { TlsClientOptions, TlsServerOptions } from '../behaviour/tls-peer.ts';
import type { EngineSession, ServerEngine } from './engine.ts';
import { nodeClientSession } from './node-client.ts';
import { nodeServerEngine } from './node-server.ts';
import { opensslClientSession } from './openssl-client.ts';
import { needsOpenssl } from './openssl-options.ts';
import { opensslServerEngine } from './openssl-server.ts';

/** The engine that can do what the options ask for. */
export function serverEngine(options: TlsServerOptions): Promise<ServerEngine> {
  return needsOpenssl(options) ? opensslServerEngine(options) : nodeServerEngine(options);
}

export function clientSession(options: TlsClientOptions): Promise<EngineSession> {
  return needsOpenssl(options) ? opensslClientSession(options) : nodeClientSession(options);
}
