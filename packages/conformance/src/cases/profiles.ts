import { type CertificateRequest, PROFILES, type ProfileName } from '@wirewrap/certgen';

export interface PresentedProfile {
  readonly profile: ProfileName;
  /** In case ids; default the profile. */
  readonly name?: string;
  readonly certificate?: CertificateRequest;
  /** Modes that it is presented in; default all. */
  readonly modes?: readonly string[];
  readonly number?: string;
  /** The host must lower OpenSSL's security level to present it. */
  readonly weak?: boolean;
  /** OpenSSL does not load it, or does not serve it in TLS 1.2: there only a swap of the Certificate message presents it. */
  readonly anyway?: 'always' | 'in TLS 1.2';
}

/** The nine that every mode is tried against. */
const BASIC_PROFILES = [
  'good',
  'self-signed',
  'expired',
  'not-yet-valid',
  'wrong-host',
  'ip-san',
  'untrusted-ca',
  'with-intermediate',
  'missing-intermediate',
] as const satisfies readonly ProfileName[];

/** Bad ones among them. */
export const BAD_PROFILES: readonly ProfileName[] = [
  'self-signed',
  'expired',
  'not-yet-valid',
  'wrong-host',
  'untrusted-ca',
  'missing-intermediate',
];

const NUMBERS: Readonly<Partial<Record<ProfileName, string>>> = {
  good: '8b',
  expired: '14',
  'not-yet-valid': '15',
  'wrong-host': '13',
  'untrusted-ca': '12',
  'missing-intermediate': '22',
  'with-intermediate': '22',
  'ip-san': '17',
  'sha1-signature': '18',
  'rsa-1024': '19',
  'client-eku-on-server': '20',
};

/** Files and client certificates are no servers' certificates. */
const PRESENTED = PROFILES.filter(({ group, role }) => group !== 'files' && group !== 'clients' && role !== 'client');

/**
 * Modes that every profile is presented in. Explicit CERT_NONE is the value of the default, so that it must show what the
 * default shows, profile by profile; beside a name it says something new only where the certificate's names are in question.
 */
const EVERY_MODE = ['default', 'default-named', 'none', 'optional', 'optional-bare', 'required', 'required-unnamed'];

/** Every profile that a server can present: the basic ones in every mode, the others where the mode can make a difference. */
export const PRESENTED_PROFILES: readonly PresentedProfile[] = [
  ...BASIC_PROFILES.map((profile) => ({ profile, number: NUMBERS[profile] })),
  { profile: 'good', name: 'good-rsa', certificate: { key: 'rsa-2048' } },
  ...PRESENTED.filter(({ name }) => !(BASIC_PROFILES as readonly string[]).includes(name)).map(
    ({ name, nodeTls, notServedIn, group }) => ({
      profile: name,
      number: NUMBERS[name],
      weak: true,
      ...(nodeTls === 'refuses' ? { anyway: 'always' as const } : {}),
      ...(notServedIn === 'TLSv1.2' ? { anyway: 'in TLS 1.2' as const } : {}),
      modes: group === 'names' ? [...EVERY_MODE, 'none-named'] : EVERY_MODE,
    }),
  ),
];
