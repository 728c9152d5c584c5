import type { TlsClientOptions, TlsServerOptions } from '../behaviour/tls-peer.ts';
import type { EngineSession, ServerEngine } from './engine.ts';
import { nodeClientSession, requireUsableClient } from './node-client.ts';
import { nodeServerEngine } from './node-server.ts';
import { needsOpenssl } from './openssl-options.ts';

/** The engine that can do what the options ask for. The second one is loaded when it is asked for: it starts programs. */
export async function serverEngine(options: TlsServerOptions): Promise<ServerEngine> {
  if (!needsOpenssl(options)) return await nodeServerEngine(options);
  return await (await import('./openssl-server.ts')).opensslServerEngine(options);
}

export async function clientSession(options: TlsClientOptions): Promise<EngineSession> {
  if (!needsOpenssl(options)) return await nodeClientSession(options);
  return await (await import('./openssl-client.ts')).opensslClientSession(options);
}

/** Throws `UNUSABLE_OPTIONS` for a client that the engine cannot be; openssl says so itself when it starts. */
export function requireClientEngine(options: TlsClientOptions): void {
  if (options.transport !== 'dtls' && !needsOpenssl(options)) requireUsableClient(options);
}
