import { ADVISORIES } from '../cases/cve/advisories.ts';
import { type Advisory, type HandshakeProbe, hasProbe } from '../cases/cve/advisory.ts';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { isInRanges } from '../verdict/library-range.ts';

/** `<3.6.7 or >=4.0.0 <4.1.1` */
const rangeOf = ({ affected }: Advisory): string => affected.join(' or ');

function unlessFixed({ affected }: Advisory): (can: Capabilities) => string | null {
  return ({ engine }) => {
    if (engine === null) return 'the version of the TLS library is not known, so that no range speaks of it';
    return isInRanges(engine, affected) ? `the advisory calls mbedTLS ${engine} affected` : null;
  };
}

function claimOf(advisory: Advisory & { readonly probe: HandshakeProbe }): Claim {
  const { id, title, role, probe } = advisory;
  return {
    id: `advisory/${id.replace('CVE-', '')}`,
    source: 'advisory',
    role,
    topic: 'advisories of the TLS library',
    statement: `mbedTLS outside of ${rangeOf(advisory)} has no ${id}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    firmware: '*',
    cases: [probe.case],
    expects: { [probe.case]: probe.fixed },
    unless: unlessFixed(advisory),
    deviations: [],
  };
}

/** A library that the range calls repaired must show it: the version alone says nothing. */
export const ADVISORY_CLAIMS: readonly Claim[] = ADVISORIES.filter(hasProbe).map(claimOf);
