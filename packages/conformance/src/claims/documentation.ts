import type { Claim } from '../claim/claim.ts';
import { claimsOf } from './claim-row.ts';
import { ASYNCIO_ROWS } from './documentation-asyncio.ts';
import { CONNECTION_ROWS } from './documentation-connection.ts';
import { CONTEXT_ROWS } from './documentation-context.ts';
import { CONTEXT_WRAP_ROWS } from './documentation-context-wrap.ts';
import { DTLS_ROWS } from './documentation-dtls.ts';
import { FUNCTION_ROWS } from './documentation-function.ts';
import { MODULE_ROWS } from './documentation-module.ts';
import { PSK_ROWS } from './documentation-psk.ts';
import { TLS_ROWS } from './documentation-tls.ts';
import { VALIDATION_ROWS } from './documentation-validation.ts';

/** What docs.micropython.org says in `library/ssl`, 1.19 to the development version, each statement once. */
export const DOCUMENTATION_CLAIMS: readonly Claim[] = claimsOf('documentation', [
  ...TLS_ROWS,
  ...FUNCTION_ROWS,
  ...VALIDATION_ROWS,
  ...CONNECTION_ROWS,
  ...MODULE_ROWS,
  ...CONTEXT_ROWS,
  ...CONTEXT_WRAP_ROWS,
  ...ASYNCIO_ROWS,
  ...DTLS_ROWS,
  ...PSK_ROWS,
]);
