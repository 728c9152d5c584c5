import { TlsLabError } from '../tls-lab-error.ts';
import type { OptionCheck } from './option-check.ts';

/** Throws a TlsLabError `BAD_OPTION` of one sentence: what is silently passed over, a test takes for what the board did. */
export function requireFit(value: unknown, check: OptionCheck, what: string): void {
  const problem = check(value, what);
  if (problem !== null) throw new TlsLabError('BAD_OPTION', problem.endsWith('?') ? problem : `${problem}.`);
}
