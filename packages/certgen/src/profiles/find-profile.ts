import { CertgenError } from '../errors.ts';
import { nearWords } from '../near-words.ts';
import type { TableProfile } from '../recipe/certificate-profile.ts';
import { type ProfileName, profiles } from './index.ts';

const byName = new Map<string, TableProfile & { readonly name: ProfileName }>(profiles.map((one) => [one.name, one]));

/** The row of the table; an error with the closest names when there is none. */
export function findProfile(name: string): TableProfile & { readonly name: ProfileName } {
  const profile = byName.get(name);
  if (profile !== undefined) return profile;
  const near = nearWords(byName.keys(), name);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  throw new CertgenError(
    'UNKNOWN_PROFILE',
    `There is no certificate profile ${JSON.stringify(name)}.${hint} \`wirewrap certs --list\` shows all ${profiles.length}.`,
  );
}
