import { claimsOf } from './claim-row.ts';
import { CONTEXT_ROWS } from './documentation-context.ts';
import { FUNCTION_ROWS } from './documentation-function.ts';

/** What docs.micropython.org says in `library/ssl`, 1.19 to the development version, each statement once. */
export const DOCUMENTATION_CLAIMS = claimsOf('documentation', [...FUNCTION_ROWS, ...CONTEXT_ROWS]);
