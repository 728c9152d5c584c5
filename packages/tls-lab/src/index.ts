export type {
  BoardEndpoint,
  BoardRun,
  BoardStep,
  SslConstant,
  WrapApi,
  WrapArguments,
} from './board/board-endpoint.ts';
export type { BoardError, BoardOutcome, StepOutcome } from './board/board-outcome.ts';
export type { Handshake } from './handshake.ts';
export type { PeerBehaviour, TlsClientOptions, TlsServerOptions, TlsServerPeer, TlsVersion } from './peer/tls-peer.ts';
export type { TlsLab } from './tls-lab.ts';
export type {
  Alert,
  ClientHello,
  CloseSeen,
  Negotiated,
  RecordSeen,
  Sender,
  Transcript,
} from './transcript/transcript.ts';
