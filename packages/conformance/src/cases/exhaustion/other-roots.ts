import type { CertificateProfile, Pki } from '@wirewrap/certgen';

/** Roots that sign nothing here, as the bundles of the public web have them: RSA-2048, a name of their own. */
const ofNumber = (number: number): CertificateProfile => ({
  name: `root-${number}`,
  group: 'chains',
  what: `Root ${number} of a bundle`,
  wrong: null,
  refuse: null,
  recipe: (c) => {
    // One key for all: what a root takes of memory is its size, and making a key takes a second.
    const subject = [
      ['O', `Wirewrap Trust Services ${number}`],
      ['CN', `Wirewrap Bundle Root CA ${number}`],
    ] as const;
    return c.as('rsa-2048').direct({}, { certificates: { root: c.as('rsa-2048').root({ subject }) } });
  },
});

/** PEM of so many roots that are in the way. */
export async function otherRoots(pki: Pki, count: number): Promise<string[]> {
  const bundles: string[] = [];
  for (let number = 1; number <= count; number += 1) bundles.push((await pki.certificate(ofNumber(number))).ca.pem);
  return bundles;
}
