export type {
  Board,
  BoardStream,
  CallOptions,
  EvaluateOptions,
  ExecOptions,
  ResetKind,
  TrafficEvent,
} from './board/board.ts';
export type { BoardIdentity } from './board/identity.ts';
export { MicroPythonError, ReplDriverError, type ReplDriverErrorCode, type TracebackFrame } from './errors.ts';
export type { BoardFiles, FileStat, TransferOptions } from './files/board-files.ts';
export type { PythonSource } from './python/py.ts';
export type { CloseReason, ModemSignals, Transport } from './transport/transport.ts';
