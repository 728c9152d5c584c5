export type { PeerApplication } from './application/peer-application.ts';
export type { PlaintextStep, StartTls } from './application/start-tls.ts';
export { certificateFromPem, type PemFiles } from './behaviour/certificate-from-pem.ts';
export type {
  PeerBehaviour,
  TlsClientOptions,
  TlsClientPeer,
  TlsServerOptions,
  TlsServerPeer,
  TranscriptOptions,
} from './behaviour/tls-peer.ts';
export type {
  BoardEndpoint,
  BoardRun,
  BoardStep,
  Footprint,
  SslConstant,
  WrapApi,
  WrapArguments,
} from './board/board-endpoint.ts';
export { CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED } from './board/board-endpoint.ts';
export { formatBoardError } from './board/board-error.ts';
export type { BoardError, BoardOutcome, BytesDigest, StepOutcome } from './board/board-outcome.ts';
export { createBoardEndpoint } from './board/create-board-endpoint.ts';
export { exhaustedIn, exhaustionOf } from './board/exhaustion.ts';
export { captureOf, writeCapture } from './capture/write-capture.ts';
export type { Failure } from './failure-folder/failure.ts';
export { writeFailureFolder } from './failure-folder/failure-folder.ts';
export { SerialLog } from './failure-folder/serial-log.ts';
export type { CorrectReaction, CorrectResult, Fault, HostPart, RaceDecides } from './faults/fault.ts';
export type { FaultDirection } from './faults/fault-direction.ts';
export type { FaultName, FaultReference } from './faults/fault-name.ts';
export { FAULTS, findFault } from './faults/fault-table.ts';
export { type GoneBy, goneAfter } from './faults/gone-faults.ts';
export type { Handshake } from './handshake.ts';
export { endedAtOurs, endsAtOurs } from './host-part.ts';
export { type ClockSetting, readClock, setClock } from './network/board-clock.ts';
export { BoardNetwork } from './network/board-network.ts';
export { connectFromBoard } from './network/connect-from-board.ts';
export { NetworkError, type NetworkErrorCode } from './network/network-error.ts';
export { type NetworkSettings, networkSettings } from './network/network-settings.ts';
export { joinNetwork } from './network/wifi.ts';
export { noVerdict, supplyFailed, withoutConnection } from './no-verdict.ts';
export { startTappedRelay, type TappedRelay, type TappedRelayOptions } from './peer/tapped-relay.ts';
export { connectTlsClient } from './peer/tls-client.ts';
export { startTlsServer } from './peer/tls-server.ts';
export { storyOf, wireStoryOf } from './story/story.ts';
export { AlertDescription } from './tls/alert-description.ts';
export { ContentType } from './tls/content-type.ts';
export { ExtensionType } from './tls/extension-type.ts';
export { HandshakeType } from './tls/handshake-type.ts';
export { groupName, signatureSchemeName, TLS_NAMES } from './tls/names.ts';
export { ProtocolVersion, type TlsVersion } from './tls/protocol-version.ts';
export { createTlsLab, type LabServerOptions, type TlsLab, type TlsLabOptions } from './tls-lab.ts';
export { TlsLabError } from './tls-lab-error.ts';
export { type ParsedClientHello, parseClientHello } from './transcript/client-hello.ts';
export { type Fingerprints, fingerprintsOf } from './transcript/fingerprints.ts';
export { type ParsedServerHello, readServerHello } from './transcript/named-server-hello.ts';
export type {
  Alert,
  ClientHello,
  CloseSeen,
  HandshakeMessageSeen,
  Negotiated,
  RecordSeen,
  Sender,
  Transcript,
  WireSeen,
} from './transcript/transcript.ts';
