import type { MbedtlsFlag } from '../recipe/certificate-profile.ts';
import { PROFILES, type ProfileName } from './index.ts';

/** What a MicroPython client of 1.22 and later does with one profile that a host server presents. */
export interface ServerCase {
  readonly profile: ProfileName;
  /** What is wrong with the certificate; null when nothing is. */
  readonly wrong: string | null;
  /** The server needs `ciphers: 'ALL:@SECLEVEL=0'`, or `node:tls` refuses to load the certificate. */
  readonly weak: boolean;
  /** With CERT_NONE, and with CERT_OPTIONAL, which validates nothing on a client. */
  readonly unverified: 'completes' | 'stops';
  /** With CERT_REQUIRED, the bundle's anchors as `cadata` and its host as `server_hostname`. */
  readonly verified: 'completes' | 'refused' | 'stops';
  /** The flags whose texts the ValueError carries; empty when it is an OSError. */
  readonly flags: readonly MbedtlsFlag[];
  /** The number of the OSError, where it is one and known. */
  readonly errno: number | null;
  /** Versions that differ. */
  readonly note: string | null;
}

/** Every profile that `node:tls` can present as a server, for the sets CERT_NONE, CERT_OPTIONAL and CERT_REQUIRED. */
export const SERVER_CASES: readonly ServerCase[] = PROFILES.filter(
  ({ role, nodeTls }) => role !== 'client' && nodeTls !== 'refuses',
).map(({ name, wrong, nodeTls, mbedtls, note, group }) => {
  // Files of odd shape say whether a board can read them; presented by the host they are good certificates.
  const verdict = group === 'files' ? ({ accepts: true } as const) : mbedtls;
  const refused = !verdict.accepts && 'flags' in verdict;
  const errno = refused ? (verdict.errno ?? null) : null;
  return {
    profile: name,
    wrong,
    weak: nodeTls === 'weak',
    unverified: verdict.accepts || refused ? 'completes' : 'stops',
    verified: verdict.accepts ? 'completes' : refused ? 'refused' : 'stops',
    flags: refused && errno === null ? verdict.flags : [],
    errno,
    note: note ?? null,
  };
});
