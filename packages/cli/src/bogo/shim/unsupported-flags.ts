/** What MicroPython's `ssl` has no word for, by the beginning of BoGo's flags. The first that fits counts. */
const REASONS: readonly (readonly [flags: RegExp, reason: string])[] = [
  [/^-dtls|^-mtu|^-srtp|^-initial-timeout/, 'DTLS goes over UDP; BoGo frames it in TCP, which no board does'],
  [/^-quic|^-application-settings/, 'no QUIC'],
  [/early-data|0rtt/, 'no early data'],
  [/resume|session|ticket|resumption/, 'sessions can be neither kept nor resumed'],
  [/^-handoff|^-handshaker|hint/, "split handshakes are BoringSSL's own"],
  [/alpn|next-proto|npn/, 'no ALPN or NPN'],
  [/psk/, 'no pre-shared keys'],
  [/ech/, 'no Encrypted ClientHello'],
  [/ocsp|signed-cert-timestamps/, 'no stapled OCSP answers or signed timestamps'],
  [/channel-id/, "Channel ID is BoringSSL's own"],
  [/renegotiat/, 'renegotiation is not compiled in'],
  [/no-tls1[23]|version/, 'the version can be neither limited nor asked'],
  [/cipher/, "cipher suites have mbedTLS's names and no OpenSSL rules"],
  [/curve|group/, 'groups can be neither chosen nor asked'],
  [/signing-prefs|verify-prefs|signature|digest-prefs/, 'signature algorithms can be neither chosen nor asked'],
  [
    /verify-fail|verify-result|reverify|verify-peer-if/,
    'verification cannot be steered: CERT_REQUIRED checks all, CERT_NONE nothing',
  ],
  [/export|tls-unique|traffic-secrets/, 'no keying material can be exported'],
  [/ddos|early-callback|cert-callback|msg-callback|custom-extension|callback/, 'no such callback'],
  [/grease|permute/, 'GREASE and extension order are not at choice'],
  [
    /client-ca-list|certificate-types|client-cert|peer-cert/,
    'the list of certificate authorities and types cannot be seen',
  ],
  [/server-name/, 'a server cannot ask for the name'],
  [/cert-compression/, 'no compressed certificates'],
  [/delegated-credential/, 'no delegated credentials'],
  [/expect-hrr|expect-no-hrr/, 'whether there was a HelloRetryRequest cannot be asked'],
  [/./, 'MicroPython has nothing for this flag'],
];

/** Why the board cannot do what a flag of BoGo's runner asks. */
export function reasonForFlag(flag: string): string {
  return REASONS.find(([flags]) => flags.test(flag))?.[1] ?? '';
}
