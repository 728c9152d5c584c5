/** A certificate as it crossed the wire, readable. */
export interface CertificateDetail {
  readonly pem: string;
  /** Distinguished names on one line, `CN=board.test, O=…`. */
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** `DNS:board.test`, `IP Address:127.0.0.1`; empty without the extension. */
  readonly names: readonly string[];
  /** `rsa 2048`, `ec prime256v1`; null when the key cannot be read. */
  readonly key: string | null;
  readonly authority: boolean;
  readonly selfIssued: boolean;
  readonly sha256: string;
  /** Set when the bytes are no certificate that Node can parse; the other fields are then empty. */
  readonly unreadable?: string;
}
