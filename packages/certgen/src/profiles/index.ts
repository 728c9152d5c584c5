import type { ProfileRows, TableProfile } from '../recipe/certificate-profile.ts';
import { BASIC_PROFILES, type BasicProfileName } from './basic.ts';
import { CHAIN_PROFILES, type ChainProfileName } from './chains.ts';
import { CLIENT_PROFILES, type ClientProfileName } from './clients.ts';
import { ENCODING_PROFILES, type EncodingProfileName } from './encoding.ts';
import { EXTENSION_PROFILES, type ExtensionProfileName } from './extensions.ts';
import { FILE_PROFILES, type FileProfileName } from './files.ts';
import { KEY_PROFILES, type KeyProfileName } from './keys.ts';
import { NAME_PROFILES, type NameProfileName } from './names.ts';
import { TIME_PROFILES, type TimeProfileName } from './time.ts';
import { TRUST_PROFILES, type TrustProfileName } from './trust.ts';

/** The name of every profile of the table. */
export type ProfileName =
  | BasicProfileName
  | KeyProfileName
  | TimeProfileName
  | NameProfileName
  | TrustProfileName
  | ChainProfileName
  | ExtensionProfileName
  | EncodingProfileName
  | FileProfileName
  | ClientProfileName;

const TABLE: ProfileRows<ProfileName> = {
  ...BASIC_PROFILES,
  ...KEY_PROFILES,
  ...TIME_PROFILES,
  ...NAME_PROFILES,
  ...TRUST_PROFILES,
  ...CHAIN_PROFILES,
  ...EXTENSION_PROFILES,
  ...ENCODING_PROFILES,
  ...FILE_PROFILES,
  ...CLIENT_PROFILES,
};

const NAMES = Object.keys(TABLE) as ProfileName[];

/** Every profile, in the order of the documentation. */
export const PROFILES: readonly (TableProfile & { readonly name: ProfileName })[] = NAMES.map((name) => ({
  name,
  ...TABLE[name],
}));
