import { CertgenError } from '../errors.ts';
import type { TableProfile } from '../recipe/certificate-profile.ts';
import { type ProfileName, profiles } from './index.ts';

const byName = new Map<string, TableProfile & { readonly name: ProfileName }>(profiles.map((one) => [one.name, one]));

/** The row of the table; an error with the closest names when there is none. */
export function findProfile(name: string): TableProfile & { readonly name: ProfileName } {
  const profile = byName.get(name);
  if (profile !== undefined) return profile;
  const near = nearest(name);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new CertgenError(
    'UNKNOWN_PROFILE',
    `There is no certificate profile ${JSON.stringify(name)}.${hint} \`wirewrap certs --list\` shows all ${profiles.length}.`,
  );
}

function nearest(name: string): string[] {
  const wanted = name.toLowerCase().replaceAll(/[_\s]/g, '-');
  const scored = profiles.map((profile) => ({ name: profile.name, score: distance(wanted, profile.name) }));
  const limit = Math.max(2, Math.floor(name.length / 3));
  const close = scored.filter(({ score }) => score <= limit).sort((a, b) => a.score - b.score);
  return close.slice(0, 2).map((one) => one.name);
}

/** Levenshtein's: inserted, deleted and changed letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
