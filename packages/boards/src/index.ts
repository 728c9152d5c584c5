export { BoardsError, type BoardsErrorCode } from './errors.ts';
export { fileNameOf, labelBoards } from './label/board-label.ts';
export { Lease, type LeaseOptions } from './lease/lease.ts';
export { describeLease, leasePath, readLease, staleReason } from './lease/lease-file.ts';
export type { BoardConfig, BoardTarget } from './open/board-target.ts';
export { type OpenTarget, type OpenTargetOptions, openTarget, startConfigured } from './open/open-target.ts';
export { acquireSession, type BoardSession, openSession } from './session/board-session.ts';
export { type BoardSource, startBoardSource } from './source/board-source.ts';
