import type { Claim } from '../claim/claim.ts';
import { BOOK_CLAIMS } from './book.ts';
import { DOCUMENTATION_CLAIMS } from './documentation.ts';

/** Every documented statement, book first. */
export const CLAIMS: readonly Claim[] = [...BOOK_CLAIMS, ...DOCUMENTATION_CLAIMS];
