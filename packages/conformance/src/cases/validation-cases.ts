import type { WrapArguments } from '@wirewrap/tls-lab';
import type { ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase, type Parties } from './handshake-case.ts';
import { needsOpenssl } from './needs-openssl.ts';
import { ANYWAY_SERVER, anywayInTls12, anywayVerdict } from './presented-anyway.ts';
import { PRESENTED_PROFILES, type PresentedProfile } from './profiles.ts';

/** `cert_reqs` as numbers: old firmwares know the numbers before they have the names. */
export const CERT = { NONE: 0, OPTIONAL: 1, REQUIRED: 2 } as const;

const named = (parties: Parties): WrapArguments => ({ server_hostname: parties.bundle.host });
const trusting = (parties: Parties): WrapArguments => ({ cadata: parties.bundle.ca.der });

interface Mode {
  readonly name: string;
  readonly args: (parties: Parties) => WrapArguments;
}

/** The ways to wrap that promise nothing or something about the certificate. */
const MODES: readonly Mode[] = [
  { name: 'default', args: () => ({}) },
  { name: 'default-named', args: named },
  { name: 'none', args: () => ({ cert_reqs: CERT.NONE }) },
  { name: 'none-named', args: (parties) => ({ cert_reqs: CERT.NONE, ...named(parties) }) },
  { name: 'none-cadata', args: (parties) => ({ cert_reqs: CERT.NONE, ...named(parties), ...trusting(parties) }) },
  { name: 'optional', args: (parties) => ({ cert_reqs: CERT.OPTIONAL, ...named(parties), ...trusting(parties) }) },
  { name: 'optional-bare', args: () => ({ cert_reqs: CERT.OPTIONAL }) },
  { name: 'required', args: (parties) => ({ cert_reqs: CERT.REQUIRED, ...named(parties), ...trusting(parties) }) },
  { name: 'required-unnamed', args: (parties) => ({ cert_reqs: CERT.REQUIRED, ...trusting(parties) }) },
];

/** The server that presents a profile. */
function serverFor(anyway: PresentedProfile['anyway'], weak = false): Omit<ClientRow, 'id'> {
  if (anyway === undefined) return { server: weak ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {} };
  const server = anyway === 'always' ? ANYWAY_SERVER : anywayInTls12;
  return { unavailable: needsOpenssl, server, canonical: anywayVerdict };
}

/** Every presented profile in every mode. */
export const VALIDATION_CASES: readonly ConformanceCase[] = MODES.flatMap((mode) =>
  PRESENTED_PROFILES.filter(({ modes }) => modes === undefined || modes.includes(mode.name)).map(
    ({ profile, name, certificate, number, weak, anyway }) =>
      clientCase({
        id: `client/${mode.name}/${name ?? profile}`,
        number:
          mode.name === 'required'
            ? number
            : mode.name.startsWith('optional') && profile === 'untrusted-ca'
              ? '23'
              : undefined,
        profile,
        certificate,
        args: mode.args,
        ...serverFor(anyway, weak),
        fields: mode.name.startsWith('required') ? [] : ['sni'],
      }),
  ),
);
