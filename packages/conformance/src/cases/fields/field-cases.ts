import type { ConformanceCase } from '../conformance-case.ts';
import { ENCRYPT_THEN_MAC_CASE } from './encrypt-then-mac-case.ts';
import { FLIGHT_CASES } from './flight-cases.ts';
import { HELLO_CASES } from './hello-cases.ts';
import { MESSAGE_CASES } from './message-cases.ts';
import { RESUMPTION_CASE } from './resumption-case.ts';

/** One field of a message changed, or offers that no TLS library makes: a suite that runs where it is named. */
export const FIELD_CASES: readonly ConformanceCase[] = [
  ...HELLO_CASES,
  ENCRYPT_THEN_MAC_CASE,
  ...FLIGHT_CASES,
  ...MESSAGE_CASES,
  RESUMPTION_CASE,
];
