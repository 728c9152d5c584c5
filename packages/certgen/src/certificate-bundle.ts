/** PEM text and DER bytes of one certificate. */
export interface CertificateFile {
  readonly pem: string;
  readonly der: Uint8Array;
}

/** Everything that a TLS end needs to present one profile, and what the other end needs to judge it. */
export interface CertificateBundle {
  /** The profile's name, such as `expired`. */
  readonly profile: string;
  /** The host names and addresses that the leaf was made for. */
  readonly host: string;
  /** PKCS#8 unless the profile says otherwise. Never logged, never recorded. */
  readonly key: { readonly pem: string; readonly der: Uint8Array };
  readonly leaf: CertificateFile;
  /** What the server sends after the leaf, in sending order; without the root. */
  readonly intermediates: readonly CertificateFile[];
  /** The trust anchor that a careful client would be given. For `untrusted-ca` it is the anchor that the client has, not the issuer. */
  readonly ca: CertificateFile;
  /** Leaf and intermediates as PEM, as `certfile` holds them. */
  readonly chainPem: string;
  /** Key and chain in one PEM, as the book's single file holds them. */
  readonly combinedPem: string;
}
