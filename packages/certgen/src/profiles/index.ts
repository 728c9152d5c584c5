import type { TableProfile } from '../recipe/certificate-profile.ts';
import { basicProfiles } from './basic.ts';
import { chainProfiles } from './chains.ts';
import { clientProfiles } from './clients.ts';
import { encodingProfiles } from './encoding.ts';
import { extensionProfiles } from './extensions.ts';
import { fileProfiles } from './files.ts';
import { keyProfiles } from './keys.ts';
import { nameProfiles } from './names.ts';
import { timeProfiles } from './time.ts';
import { trustProfiles } from './trust.ts';

const table = [
  ...basicProfiles,
  ...keyProfiles,
  ...timeProfiles,
  ...nameProfiles,
  ...trustProfiles,
  ...chainProfiles,
  ...extensionProfiles,
  ...encodingProfiles,
  ...fileProfiles,
  ...clientProfiles,
] as const;

/** The name of every profile of the table. */
export type ProfileName = (typeof table)[number]['name'];

/** Every profile, in the order of the documentation. */
export const profiles: readonly (TableProfile & { readonly name: ProfileName })[] = table;
