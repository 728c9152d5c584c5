import { claimsOf } from './claim-row.ts';
import { CONNECTION_ROWS } from './documentation-connection.ts';
import { CONTEXT_ROWS } from './documentation-context.ts';
import { FUNCTION_ROWS } from './documentation-function.ts';
import { MODULE_ROWS } from './documentation-module.ts';
import { VALIDATION_ROWS } from './documentation-validation.ts';

/** What docs.micropython.org says in `library/ssl`, 1.19 to the development version, each statement once. */
export const DOCUMENTATION_CLAIMS = claimsOf('documentation', [
  ...FUNCTION_ROWS,
  ...VALIDATION_ROWS,
  ...CONNECTION_ROWS,
  ...MODULE_ROWS,
  ...CONTEXT_ROWS,
]);
