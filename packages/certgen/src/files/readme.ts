import { PROFILES } from '../profiles/index.ts';
import type { ProfileGroup } from '../recipe/certificate-profile.ts';
import { FILE_PASSWORD } from './file-password.ts';
import { markdownTable } from './markdown-table.ts';

const TITLES: Readonly<Record<ProfileGroup, string>> = {
  basic: 'The basic nine',
  keys: 'Keys and signatures',
  time: 'Time',
  names: 'Names',
  chains: 'Chains',
  extensions: 'Extensions and revocation',
  encoding: 'Encoding',
  files: 'Files',
  clients: 'Client certificates',
};

const LAYOUT = [
  ['leaf.pem, leaf.der', 'the certificate'],
  ['chain.pem', 'the certificate and what is sent after it'],
  ['key.pem, key.der', 'its private key (mode 0600)'],
  ['combined.pem', 'key and chain in one file (mode 0600)'],
  ['ca.pem, ca.der', 'the trust anchors that the other end should have; the DER is the first'],
  ['intermediates.pem, intermediate-N.der', 'what is sent after the leaf, together and one by one'],
  ['crl.pem', 'the revocation list, where the profile has one'],
  ['bundle.p12', `PKCS#12, for the profile \`pkcs12\` (password \`${FILE_PASSWORD}\`)`],
] as const;

/** What is in every README that was written here, and in no other. */
export const README_MARK = '`wirewrap certs` writes here';

/** The README of a folder of certificates. It says nothing of dates or hosts: those stand in index.json. */
export function certificatesReadme(): string {
  const groups = Object.entries(TITLES).flatMap(([group, title]) => [`### ${title}`, '', ...groupTable(group), '']);
  return [
    '# Certificates',
    '',
    `${README_MARK}: one folder a profile, and \`index.json\` with everything that a program wants to know`,
    '(which profiles were written, host, validity, what OpenSSL and mbedTLS say). Everything but this file is ignored by',
    'git; `cache/` holds keys and certificates for the next run and may be deleted at any time. The private keys are for',
    'tests: trust none of these authorities anywhere else.',
    '',
    '    wirewrap certs                      # all of them, into certs/',
    '    wirewrap certs --profile expired    # one',
    '    wirewrap certs --explain expired    # what it is, and the openssl commands that show it',
    '',
    ...markdownTable(
      ['file', 'what is in it'],
      LAYOUT.map(([file, what]) => [`\`${file.replaceAll(', ', '`, `')}\``, what]),
    ),
    '',
    `## The ${PROFILES.length} profiles`,
    '',
    'More about each, and how to make one of your own: `docs/certificates.md` of Wirewrap.',
    '',
    ...groups,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function groupTable(group: string): string[] {
  const rows = PROFILES.filter((profile) => profile.group === group);
  return markdownTable(
    ['profile', 'what it is', 'what is wrong'],
    rows.map(({ name, what, wrong }) => [`\`${name}\``, what, wrong ?? '–']),
  );
}
