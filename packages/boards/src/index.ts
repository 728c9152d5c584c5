export {
  type AcquiredBoard,
  acquireBoard,
  type OpenOptions,
  type PreparedBoard,
  type PrepareOptions,
  prepareBoard,
} from './acquire/acquire-board.ts';
export { BoardsError, type BoardsErrorCode } from './errors.ts';
export type { BoardPlace } from './kinds/kinds.ts';
export { Lease, type LeaseOptions } from './lease/lease.ts';
export { describeLease, type LeaseEntry, leasePath, readLease, staleReason } from './lease/lease-file.ts';
export { acquireSession, type BoardSession, openSession } from './session/board-session.ts';
export { type SessionTimes, SILENCE_MS, type Span } from './session/call-times.ts';
export { callsEndWith } from './session/current-test.ts';
export type { BoardConfig } from './settings/board-config.ts';
export { apart, type BoardExtras, type BoardSettings, parseBoard } from './settings/board-settings.ts';
export { configuredBoard } from './settings/configured-board.ts';
export { concealFromNowOn, knownSecrets } from './settings/secrets.ts';
export { fileNameOf, uniqueLabels } from './settings/unique-labels.ts';
