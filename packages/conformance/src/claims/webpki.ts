import { WEBPKI_BAD, WEBPKI_GOOD } from '../cases/webpki/webpki-cases.ts';
import type { Claim } from '../claim/claim.ts';
import type { Pattern } from '../claim/pattern.ts';

const all = (cases: readonly string[], pattern: Pattern): Pick<Claim, 'cases' | 'expects'> => ({
  cases,
  expects: Object.fromEntries(cases.map((id) => [id, pattern])),
});

const COMMON = {
  source: 'documentation',
  role: 'client',
  topic: 'chains of the public web',
  firmware: '>=1.20',
  deviations: [],
} as const;

/** What CERT_REQUIRED is documented to do, with chains as the public web has them. */
export const WEBPKI_CLAIMS: readonly Claim[] = [
  {
    ...COMMON,
    id: 'webpki/good-chains',
    statement: "CERT_REQUIRED accepts chains in the shape of the public web's, and bundles of 60 and 100 KB",
    ...all(WEBPKI_GOOD, { end: 'completes' }),
  },
  {
    ...COMMON,
    id: 'webpki/faulty-chains',
    statement: 'CERT_REQUIRED refuses each of them with its one fault',
    ...all(WEBPKI_BAD, { end: 'fails', error: { type: 'ValueError' } }),
  },
];
