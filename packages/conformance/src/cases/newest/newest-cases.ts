import type { ConformanceCase } from '../conformance-case.ts';
import { PEM_CASES } from './pem-cases.ts';
import { PSK_FORM_CASES } from './psk-form-cases.ts';
import { RESUMPTION_CASES } from './resumption-cases.ts';
import { ROTATING_ROOTS_CASES } from './rotating-roots-cases.ts';
import { SIGN_CALLBACK_CASES } from './sign-callback-cases.ts';
import { SOCKET_ERROR_CASES } from './socket-error-cases.ts';

/** What MicroPython 1.28 and 1.29 brought, and what is proposed: asked of every firmware, by what it can do. */
export const NEWEST_CASES: readonly ConformanceCase[] = [
  ...SOCKET_ERROR_CASES,
  ...PEM_CASES,
  ...ROTATING_ROOTS_CASES,
  ...SIGN_CALLBACK_CASES,
  ...PSK_FORM_CASES,
  ...RESUMPTION_CASES,
];
