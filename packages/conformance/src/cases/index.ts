import { ASYNCIO_CASES } from './asyncio-cases.ts';
import { BOOK_CASES } from './book-cases.ts';
import { CLOCK_CASES } from './clock-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { CONTEXT_CASES } from './context-cases.ts';
import { CRASH_CASES } from './crash-cases.ts';
import { DTLS_CASES } from './dtls-cases.ts';
import { FAULT_CASES } from './fault-cases.ts';
import { HANDSHAKE_CASES } from './handshake-cases.ts';
import { MEMORY_CASES } from './memory-cases.ts';
import { MODULE_CASES } from './module-cases.ts';
import { MUTUAL_TLS_CASES } from './mutual-tls-cases.ts';
import { NAME_CASES } from './name-cases.ts';
import { NEGOTIATION_CASES } from './negotiation-cases.ts';
import { SERVER_CASES } from './server-cases.ts';
import { SIGNATURE_CASES } from './signature-cases.ts';
import { STREAM_CASES } from './stream-cases.ts';
import { SUITE_NAMES, type SuiteName } from './suite-names.ts';
import { TRUST_CASES } from './trust-cases.ts';
import { VALIDATION_CASES } from './validation-cases.ts';

/** The cases of each suite. */
export const SUITES = {
  book: BOOK_CASES,
  module: [...MODULE_CASES, ...SIGNATURE_CASES, ...CONTEXT_CASES],
  validation: VALIDATION_CASES,
  trust: [...TRUST_CASES, ...NAME_CASES, ...CLOCK_CASES],
  negotiation: NEGOTIATION_CASES,
  handshake: [...HANDSHAKE_CASES, ...ASYNCIO_CASES],
  stream: STREAM_CASES,
  server: [...SERVER_CASES, ...MUTUAL_TLS_CASES, ...DTLS_CASES],
  fault: FAULT_CASES,
  memory: MEMORY_CASES,
  crash: CRASH_CASES,
} as const satisfies Readonly<Record<SuiteName, readonly ConformanceCase[]>>;

/** Every case, in the order in which the suites run. */
export const ALL_CASES: readonly ConformanceCase[] = SUITE_NAMES.flatMap((name) => SUITES[name]);
