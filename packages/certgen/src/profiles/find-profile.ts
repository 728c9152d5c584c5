import { CertgenError } from '../errors.ts';
import { didYouMean } from '../near-words.ts';
import type { TableProfile } from '../recipe/certificate-profile.ts';
import { PROFILES, type ProfileName } from './index.ts';

const BY_NAME = new Map<string, TableProfile & { readonly name: ProfileName }>(PROFILES.map((one) => [one.name, one]));

/**
 * The row of the table; an error with the closest names when there is none.
 *
 * @example findProfile('expired').what;
 * @throws CertgenError `UNKNOWN_PROFILE` when the table has no profile of that name.
 */
export function findProfile(name: string): TableProfile & { readonly name: ProfileName } {
  const profile = BY_NAME.get(name);
  if (profile !== undefined) return profile;
  const hint = didYouMean(BY_NAME.keys(), name);
  throw new CertgenError(
    'UNKNOWN_PROFILE',
    `There is no certificate profile ${JSON.stringify(name)}${hint === null ? '.' : `; ${hint}`} \`wirewrap certs --list\` shows all ${PROFILES.length}.`,
  );
}
