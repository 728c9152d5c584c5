/** The shapes alone, for code that runs in a browser: nothing here needs Node. */

export type { ObservationChange } from '../compare/comparison.ts';
export type { Safety } from '../safety/safety.ts';
export type { CaseDetail, FailureClass, RunDetails } from './case-detail.ts';
export type { CertificateDetail } from './certificate-detail.ts';
export type { HandshakeDetail, StepDetail, WireDetail } from './handshake-detail.ts';
