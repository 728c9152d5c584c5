export { firmwareModule } from './agent/agent.ts';
export type {
  Board,
  BoardStream,
  EvaluateOptions,
  ExecOptions,
  ResetKind,
} from './board/board.ts';
export type { FreeBytes, HeapRoom } from './board/heap-room.ts';
export type { BoardIdentity } from './board/identity.ts';
export type { OpenLine } from './board/line-opener.ts';
export { type OpenBoardOptions, openBoard } from './board/open-board.ts';
export { type OpenTransportOptions, openTransport } from './board/open-transport.ts';
export { resetChip } from './board/reset-chip.ts';
export {
  AbortedError,
  BoardResetError,
  DeadlineError,
  MicroPythonError,
  type PanicPlace,
  ReplDriverError,
  type ReplDriverErrorCode,
  type ResetCause,
  type TracebackFrame,
} from './errors.ts';
export type { BoardFiles, FileStat, TransferOptions } from './files/board-files.ts';
export type { FileContent } from './files/content.ts';
export type { CallOptions } from './line/call-options.ts';
export type { TrafficEvent } from './line/traffic-event.ts';
export { ELLIPSIS } from './python/ellipsis.ts';
export { encodeValue } from './python/encode.ts';
export { parseLiteral, tryParseLiteral } from './python/parse-literal.ts';
export { py } from './python/py.ts';
export { isPythonSource, type PythonSource } from './python/python-source.ts';
export { errnoName } from './python/raised.ts';
export type { RecoveryEvent } from './recovery/ladder.ts';
export type { Clock } from './time/clock.ts';
export { groupName } from './transport/group-name.ts';
export { formatLine, type LineSettings, parseLine } from './transport/line-settings.ts';
export { findHolders, type PortHolder } from './transport/lock-holder.ts';
export { wakeAfterEvents } from './transport/serial-poller.ts';
export type { CloseReason, ModemSignals, Transport } from './transport/transport.ts';
