import { type CarefulReaction, type CaseQuestion, judgeByReaction } from './safety.ts';

type Row = readonly [id: string, posed: string, reaction: CarefulReaction, why: string];

const REQUIRED = 'cert_reqs=CERT_REQUIRED';

/** Cases about trust anchors: the certificate is good, what the board trusts is in question. */
const ANCHORS: readonly Row[] = [
  [
    'client/cadata/pem-bytes',
    'cadata is the root as PEM in bytes',
    'accepts',
    'It is the root that signed the certificate.',
  ],
  ['client/cadata/der-bytes', 'cadata is the root as DER', 'accepts', 'It is the root that signed the certificate.'],
  [
    'client/cadata/pem-two-roots',
    'cadata holds two roots, the second is the right one',
    'accepts',
    'One of the roots signed it.',
  ],
  ['client/cadata/missing', `${REQUIRED} and no cadata`, 'refuses', 'Nobody is trusted.'],
  ['client/cadata/empty', `${REQUIRED} and empty cadata`, 'refuses', 'Nobody is trusted.'],
  ['client/cadata/junk', `${REQUIRED} and cadata that is no certificate`, 'refuses', 'Nobody is trusted.'],
  [
    'client/cadata/wrong-root',
    'cadata is the root of another authority',
    'refuses',
    'The root did not sign the certificate.',
  ],
  [
    'client/cadata/self-signed-itself',
    'cadata is the self-signed certificate itself',
    'accepts',
    'It was trusted by name.',
  ],
  [
    'client/cadata/leaf-itself',
    'cadata is the leaf, not its root',
    'may-do-either',
    'RFC 5280 section 6.1.1 (d) allows any anchor; not every library does.',
  ],
  [
    'client/cadata/intermediate-only',
    'cadata is the intermediate, not the root',
    'may-do-either',
    'RFC 5280 section 6.1.1 (d) allows any anchor; not every library does.',
  ],
  [
    'client/cadata/junk-with-none',
    'cert_reqs=CERT_NONE and cadata that is no certificate',
    'checks-nothing',
    'It was told not to look.',
  ],
];

/** Cases about the name of the host. */
const NAMES: readonly Row[] = [
  ['client/name/right', 'server_hostname is the name in the certificate', 'accepts', 'The name is the right one.'],
  [
    'client/name/other',
    'server_hostname is another name than the one in the certificate',
    'refuses',
    'The certificate is not of that host (RFC 9525 section 6).',
  ],
  [
    'client/name/omitted',
    `${REQUIRED} without server_hostname, the certificate is of the right host`,
    'refuses',
    'It cannot know whose certificate this is.',
  ],
  [
    'client/name/omitted-wrong-host',
    `${REQUIRED} without server_hostname, the certificate is of another host`,
    'refuses',
    'It cannot know whose certificate this is.',
  ],
  [
    'client/name/empty',
    `${REQUIRED} with an empty server_hostname`,
    'refuses',
    'It cannot know whose certificate this is.',
  ],
  [
    'client/name/upper-case',
    'server_hostname is in upper case, the certificate in lower case',
    'accepts',
    'Names are compared without case (RFC 9525 section 6.3).',
  ],
  [
    'client/name/ip-of-ip-san',
    'server_hostname is an IP address and the certificate names it',
    'accepts',
    'iPAddress is compared with the address (RFC 9525 section 6.4).',
  ],
  [
    'client/name/wildcard',
    'the certificate is of *.board.test, server_hostname is a.board.test',
    'accepts',
    'A wildcard stands for one label (RFC 9525 section 6.3).',
  ],
  [
    'client/name/wildcard-two-levels',
    'the certificate is of *.board.test, server_hostname is a.b.board.test',
    'refuses',
    'A wildcard stands for one label (RFC 9525 section 6.3).',
  ],
  [
    'client/name/wildcard-bare',
    'the certificate is of *.board.test, server_hostname is board.test',
    'refuses',
    'A wildcard stands for one label (RFC 9525 section 6.3).',
  ],
  [
    'client/virtual-host/second-trusted',
    'server_hostname is the second host of a server that has two',
    'accepts',
    'The server presents the certificate of that host.',
  ],
  [
    'client/virtual-host/unknown-name',
    'server_hostname is a host that the server does not have',
    'refuses',
    'The certificate is of another host.',
  ],
  [
    'client/clock/2000',
    'the certificate is good, but the board’s clock says 1 January 2000',
    'refuses',
    'By its clock the certificate is not valid yet.',
  ],
];

/** Cases of the context classes. */
const CONTEXTS: readonly Row[] = [
  [
    'client/context/required-good',
    `ssl.SSLContext with ${REQUIRED}, a good certificate`,
    'accepts',
    'Nothing is wrong.',
  ],
  [
    'client/tls-context/required-good',
    `tls.SSLContext with ${REQUIRED}, a good certificate`,
    'accepts',
    'Nothing is wrong.',
  ],
  [
    'client/context/required-expired',
    `ssl.SSLContext with ${REQUIRED}, a certificate that ended yesterday`,
    'refuses',
    'It is no longer valid.',
  ],
  [
    'client/context/default-untrusted',
    'ssl.SSLContext as it is made, a certificate of an unknown authority',
    'refuses',
    'Nobody that it trusts vouches for it.',
  ],
  [
    'client/tls-context/default-untrusted',
    'tls.SSLContext as it is made, a certificate of an unknown authority',
    'refuses',
    'Nobody that it trusts vouches for it.',
  ],
  [
    'client/context/two-roots-by-two-calls',
    'two roots by two calls of load_verify_locations, the second is the right one',
    'accepts',
    'One of the roots signed it.',
  ],
  ['client/context/cafile', 'the root by its file', 'accepts', 'It is the root that signed the certificate.'],
  [
    'client/context/required-server-side-wrong-host',
    'a client context is wrapped with server_side=True, the certificate is of another host',
    'refuses',
    'The certificate is of another host.',
  ],
  [
    'client/context/check-hostname-ignored',
    'check_hostname is set, the certificate is of another host',
    'refuses',
    'The program asked for the check.',
  ],
  ...(['context', 'tls-context'] as const).flatMap((api): Row[] => [
    [
      `client/${api}/verify-callback-accepts`,
      'a verify_callback that accepts, a good certificate',
      'accepts',
      'Chain and callback accept it.',
    ],
    [`client/${api}/verify-callback-refuses`, 'a verify_callback that refuses', 'refuses', 'The program said no.'],
    [
      `client/${api}/verify-callback-refuses-with-code`,
      'a verify_callback that refuses with a number',
      'refuses',
      'The program said no.',
    ],
    [
      `client/${api}/verify-callback-raises`,
      'a verify_callback that raises',
      'refuses',
      'The program did not say yes.',
    ],
  ]),
  ['asyncio/required-good', `asyncio with ${REQUIRED}, a good certificate`, 'accepts', 'Nothing is wrong.'],
  [
    'asyncio/required-wrong-host',
    `asyncio with ${REQUIRED}, a certificate of another host`,
    'refuses',
    'The certificate is of another host.',
  ],
];

/** Old versions of the protocol: RFC 8996 ends TLS 1.0 and 1.1. */
const VERSIONS: readonly Row[] = (['client', 'server'] as const).flatMap((role): Row[] => [
  ...(['TLSv1', 'TLSv1.1'] as const).map(
    (version): Row => [
      `${role}/version/${version}`,
      `the peer speaks only ${version}`,
      'refuses',
      'RFC 8996 ends TLS 1.0 and 1.1.',
    ],
  ),
  ...(['TLSv1.2', 'TLSv1.3'] as const).map(
    (version): Row => [
      `${role}/version/${version}`,
      `the peer speaks only ${version}`,
      'accepts',
      'The version is a good one.',
    ],
  ),
]);

/** Clients that prove themselves to the board, which is server. */
const CLIENT_CERTIFICATES: readonly Row[] = (['', '-tls13'] as const).flatMap((version): Row[] => {
  const protocol = version === '' ? 'TLS 1.2' : 'TLS 1.3';
  const row = (name: string, posed: string, reaction: CarefulReaction, why: string): Row => [
    `mutual/server/${name}${version}`,
    `the board is server in ${protocol}, ${posed}`,
    reaction,
    why,
  ];
  return [
    row('required-good', `${REQUIRED}, the client proves itself`, 'accepts', 'Nothing is wrong.'),
    row('required-none', `${REQUIRED}, the client has no certificate`, 'refuses', 'The client must prove itself.'),
    row(
      'required-none-deferred',
      `${REQUIRED} and a deferred handshake, the client has no certificate`,
      'refuses',
      'The client must prove itself.',
    ),
    row(
      'required-stranger',
      `${REQUIRED}, the client’s authority is unknown`,
      'refuses',
      'Nobody that it trusts vouches for the client.',
    ),
    row(
      'required-expired',
      `${REQUIRED}, the client’s certificate ended yesterday`,
      'refuses',
      'It is no longer valid.',
    ),
    row(
      'required-server-eku',
      `${REQUIRED}, the client’s certificate was made for servers`,
      'refuses',
      'It was made for another use (RFC 5280 section 4.2.1.12).',
    ),
    row('required-no-cadata', `${REQUIRED} without cadata`, 'refuses', 'Nobody is trusted.'),
    row('optional-good', 'CERT_OPTIONAL, the client proves itself', 'accepts', 'Nothing is wrong.'),
    row('optional-none', 'CERT_OPTIONAL, the client has no certificate', 'accepts', 'A certificate is optional.'),
    row(
      'optional-stranger',
      'CERT_OPTIONAL, the client’s authority is unknown',
      'refuses',
      'A certificate that is presented must be a good one.',
    ),
    row('none-stranger', 'CERT_NONE, the client’s authority is unknown', 'checks-nothing', 'It was told not to look.'),
  ];
});

function verb(reaction: CarefulReaction): string {
  const words = {
    accepts: 'Goes on.',
    refuses: 'Refuses.',
    'may-do-either': 'May refuse or go on.',
    'checks-nothing': 'Does not ask for this. A peer that does goes on.',
  } as const;
  return words[reaction];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Questions that are neither a certificate of the table nor a fault of it. */
export const ROW_QUESTIONS: ReadonlyMap<string, CaseQuestion> = new Map(
  [...ANCHORS, ...NAMES, ...CONTEXTS, ...VERSIONS, ...CLIENT_CERTIFICATES].map(([id, posed, reaction, why]) => [
    id,
    {
      posed: `${capital(posed)}.`,
      wrong: null,
      careful: `${verb(reaction)} ${why}`,
      judge: (value: unknown) => judgeByReaction(reaction, value),
    },
  ]),
);
