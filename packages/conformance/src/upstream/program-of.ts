import { readFileSync } from 'node:fs';

/**
 * The smallest program that shows a finding, as it is in `programs/`. It expects the names HOST and PORT, and CA and
 * NAME where it validates.
 */
export function programOf(finding: string): string {
  return readFileSync(new URL(`programs/${finding}.py`, import.meta.url), 'utf8');
}
