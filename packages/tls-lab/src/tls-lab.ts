import type { BoardRun } from './board/board-endpoint.ts';
import type { Handshake } from './handshake.ts';
import type { TlsClientOptions, TlsServerOptions, TlsServerPeer } from './peer/tls-peer.ts';

/** Runs one connection at a time between one board and this host. The fixture `tls` of @wirewrap/matchers. */
export interface TlsLab extends AsyncDisposable {
  /** Starts a server on the host; it is closed with the lab. */
  server(options: TlsServerOptions): Promise<TlsServerPeer>;
  /** The board connects to the server as TLS client. */
  connect(server: TlsServerPeer, run?: BoardRun): Promise<Handshake>;
  /** The board listens as TLS server and the host connects to it. */
  serve(run: BoardRun, client?: TlsClientOptions): Promise<Handshake>;
}
