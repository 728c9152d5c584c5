import { readdirSync, readFileSync } from 'node:fs';

/** The processes with this word in their command line. */
export function processesWith(word: string): number[] {
  const found = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(word);
    } catch {
      return false;
    }
  });
  return found.map(Number);
}
