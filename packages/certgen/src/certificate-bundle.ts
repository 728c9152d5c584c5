/** PEM text and DER bytes of one certificate, list or key. */
export interface CertificateFile {
  readonly pem: string;
  readonly der: Uint8Array;
}

/** Everything that a TLS end needs to present one profile, and what the other end needs to judge it. */
export interface CertificateBundle {
  /** The profile's name, such as `expired`. */
  readonly profile: string;
  /** Which end presents it. */
  readonly role: 'server' | 'client';
  /** The host name or address that a careful client checks; `wrong-host` and its like were made for another. */
  readonly host: string;
  /** PKCS#8 unless the profile says otherwise. Never logged, never recorded. */
  readonly key: { readonly pem: string; readonly der: Uint8Array };
  readonly leaf: CertificateFile;
  /** What the server sends after the leaf, in sending order; without the root. */
  readonly intermediates: readonly CertificateFile[];
  /** The trust anchor that a careful client would be given. For `untrusted-ca` it is the anchor that the client has, not the issuer. */
  readonly ca: CertificateFile;
  /** Every trust anchor that a careful client would be given; `ca` is the first. */
  readonly anchors: readonly CertificateFile[];
  /** Revocation lists, for the profiles that have one. */
  readonly crls: readonly CertificateFile[];
  /** Leaf and intermediates as PEM, as `certfile` holds them. */
  readonly chainPem: string;
  /** Key and chain in one PEM, as the book's single file holds them. */
  readonly combinedPem: string;
  /** Key and chain in one locked file; the profile `pkcs12` only. */
  readonly pkcs12?: { readonly der: Uint8Array; readonly password: string };
}
