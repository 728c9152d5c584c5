import { ACCEPT_CASES } from './accept-cases.ts';
import { ASYNCIO_CASES } from './asyncio-cases.ts';
import { BOOK_CASES } from './book-cases.ts';
import { CLOCK_CASES } from './clock-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { CONTENT_CASES } from './content-cases.ts';
import { CONTEXT_CASES } from './context-cases.ts';
import { CRASH_CASES } from './crash-cases.ts';
import { CVE_CASES } from './cve/cve-cases.ts';
import { DTLS_CASES } from './dtls-cases.ts';
import { EXHAUSTION_CASES } from './exhaustion/exhaustion-cases.ts';
import { FAULT_CASES, SERVER_FAULT_CASES } from './fault-cases.ts';
import { FIELD_CASES } from './fields/field-cases.ts';
import { FORGED_SIGNATURE_CASES } from './forged-signature-cases.ts';
import { FRESH_HELLO_CASES } from './fresh-hello-cases.ts';
import { HANDSHAKE_CASES } from './handshake-cases.ts';
import { LEAK_CASES } from './leak-cases.ts';
import { LIBRARY_CASES } from './libraries/library-cases.ts';
import { MEMORY_CASES } from './memory-cases.ts';
import { MODULE_CASES } from './module-cases.ts';
import { MUTUAL_TLS_CASES } from './mutual-tls-cases.ts';
import { NAME_CASES } from './name-cases.ts';
import { NEGOTIATION_CASES } from './negotiation-cases.ts';
import { NEWEST_CASES } from './newest/newest-cases.ts';
import { PEER_GONE_CASES } from './peergone/peer-gone-cases.ts';
import { PSK_CASES } from './psk-cases.ts';
import { QUIET_CASES } from './quiet-cases.ts';
import { SERVER_CASES } from './server-cases.ts';
import { CLIENT_SOCKETS_CASES, SERVER_SOCKETS_CASES } from './several-sockets-cases.ts';
import { SIGNATURE_CASES } from './signature-cases.ts';
import { STREAM_CASES } from './stream-cases.ts';
import { SIEGE_SUITE_NAMES, type SiegeSuiteName, SUITE_NAMES, type SuiteName } from './suite-names.ts';
import { TIMEOUT_CASES } from './timeouts/timeout-cases.ts';
import { TRUST_CASES } from './trust-cases.ts';
import { VALIDATION_CASES } from './validation-cases.ts';
import { WEBPKI_CASES } from './webpki/webpki-cases.ts';

const isServer = ({ id }: ConformanceCase): boolean => /(^|\/)server\//.test(id);
const isClient = (item: ConformanceCase): boolean => !isServer(item);

/** The cases of each suite. */
export const SUITES: Readonly<Record<SuiteName, readonly ConformanceCase[]>> = {
  book: BOOK_CASES,
  module: [...MODULE_CASES, ...SIGNATURE_CASES, ...CONTEXT_CASES],
  validation: VALIDATION_CASES,
  trust: [...TRUST_CASES, ...NAME_CASES, ...CLOCK_CASES, ...FORGED_SIGNATURE_CASES.filter(isClient)],
  negotiation: [...NEGOTIATION_CASES, ...FRESH_HELLO_CASES.filter(isClient), ...PSK_CASES.filter(isClient)],
  handshake: [...HANDSHAKE_CASES, ...ASYNCIO_CASES, ...QUIET_CASES],
  stream: [...STREAM_CASES, ...CONTENT_CASES.filter(isClient), ...CLIENT_SOCKETS_CASES],
  server: [
    ...ACCEPT_CASES,
    ...SERVER_CASES,
    ...MUTUAL_TLS_CASES,
    ...DTLS_CASES,
    ...PSK_CASES.filter(isServer),
    ...FORGED_SIGNATURE_CASES.filter(isServer),
    ...FRESH_HELLO_CASES.filter(isServer),
    ...CONTENT_CASES.filter(isServer),
    ...SERVER_SOCKETS_CASES,
  ],
  fault: FAULT_CASES,
  memory: [...MEMORY_CASES, ...LEAK_CASES],
  crash: CRASH_CASES,
};

/** The cases of the suites that run only when they are named. */
export const SIEGE_SUITES: Readonly<Record<SiegeSuiteName, readonly ConformanceCase[]>> = {
  cve: CVE_CASES,
  exhaustion: EXHAUSTION_CASES,
  timeouts: TIMEOUT_CASES,
  peergone: PEER_GONE_CASES,
  newest: NEWEST_CASES,
  webpki: WEBPKI_CASES,
  libraries: LIBRARY_CASES,
  serverfaults: SERVER_FAULT_CASES,
  fields: FIELD_CASES,
};

/** Every case of a whole run, in the order in which the suites run. */
export const ALL_CASES: readonly ConformanceCase[] = SUITE_NAMES.flatMap((name) => SUITES[name]);

/** Every case that is asked only where `--suite` names its suite or `--case` its id. */
export const SIEGE_CASES: readonly ConformanceCase[] = SIEGE_SUITE_NAMES.flatMap((name) => SIEGE_SUITES[name]);
