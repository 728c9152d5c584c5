import './matcher-types.ts';
import { expect } from 'vitest';
import { handshakeMatchers } from './matchers/handshake-matchers.ts';

expect.extend(handshakeMatchers);

export {
  acquireBoard,
  type BoardSession,
  type BoardSettings,
  BoardsError,
  type BoardsErrorCode,
  parseBoard,
} from '@wirewrap/boards';
export type { BoardOutcome, BoardRun, BoardStep, Handshake, TlsLab, Transcript } from '@wirewrap/tls-lab';
export { CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED, storyOf } from '@wirewrap/tls-lab';
export { afterAll, afterEach, beforeAll, beforeEach, describe, onTestFinished } from 'vitest';
export type { Evidence } from './fixtures/evidence.ts';
export { onEvidence, type TestEvidence } from './fixtures/on-evidence.ts';
export {
  boardSettings,
  type ScopedTest,
  type TestFixtures,
  test,
  test as it,
  type WorkerFixtures,
} from './fixtures/test.ts';
export type { HandshakeMatchers } from './matcher-types.ts';
export type { BoardFailure, ExpectedFailure } from './matchers/failing.ts';
export type { ExpectedFingerprint } from './matchers/fingerprint.ts';
export { handshakeMatchers } from './matchers/handshake-matchers.ts';
export type {
  AlertFields,
  ExpectedAlert,
  ExpectedClose,
  ExpectedNegotiation,
  ExpectedOffer,
} from './matchers/wire.ts';
export { expect };
