import type { Recipe } from './certificate-draft.ts';
import type { FileShapeName } from './file-shape-name.ts';
import type { RecipeContext } from './recipe-context.ts';

/** Flags of `mbedtls_x509_crt_verify` (x509.h, `MBEDTLS_X509_BADCERT_*`), in the spelling of the constants. */
export type MbedtlsFlag =
  | 'EXPIRED'
  | 'REVOKED'
  | 'CN_MISMATCH'
  | 'NOT_TRUSTED'
  | 'FUTURE'
  | 'KEY_USAGE'
  | 'EXT_KEY_USAGE'
  | 'BAD_MD'
  | 'BAD_PK'
  | 'BAD_KEY'
  | 'CRL_EXPIRED';

/** What a verifying mbedTLS peer says (CERT_REQUIRED, the right anchors, a clock that is set). */
export type MbedtlsVerdict =
  | {
      readonly accepts: true;
      /** What it says when it is given the profile's CRL, which MicroPython has no way to do. */
      readonly withCrl?: readonly MbedtlsFlag[];
    }
  /** The chain is refused; with CERT_NONE the handshake completes all the same. */
  | {
      readonly accepts: false;
      readonly flags: readonly MbedtlsFlag[];
      /** MicroPython raises `OSError` with this number, not `ValueError` with the flags' texts. */
      readonly errno?: number;
    }
  /** The handshake stops whatever `cert_reqs` says: parsing, algorithms, or the signature of the key exchange. */
  | { readonly accepts: false; readonly stops: string };

/** More than one where versions of OpenSSL differ, or where the two ends race to report; the profile's note says so. */
export type OpensslSays = number | string | readonly (number | string)[];

/**
 * What OpenSSL says first. Numbers are `X509_V_ERR_*` (x509_vfy.h), 0 is X509_V_OK; a string is a part of what it
 * prints when it stops without such a number.
 */
export interface OpensslVerdict {
  /** `openssl verify` with purpose and host (or address) checked at the clock's time. */
  readonly verify: OpensslSays;
  /** Of the handshake between `s_client` and `s_server`; default: the same as `verify`. */
  readonly handshake?: OpensslSays;
  /** `openssl x509` reads the leaf. Default true; `depends` where versions differ, see the note. */
  readonly parses?: boolean | 'depends';
}

/** What a certificate profile is about. */
export type ProfileGroup =
  | 'basic'
  | 'keys'
  | 'time'
  | 'names'
  | 'chains'
  | 'extensions'
  | 'encoding'
  | 'files'
  | 'clients';

/** A named row of the table: what the certificate is, what is wrong with it, and who should say so. */
export interface CertificateProfile {
  readonly name: string;
  readonly group: ProfileGroup;
  /** Which end presents it. Default `server`. */
  readonly role?: 'server' | 'client';
  /** What it is, in one line. */
  readonly what: string;
  /** What is wrong with it; null when nothing is. */
  readonly wrong: string | null;
  /** Who should refuse it, and the section that says why; null when nobody should. */
  readonly refuse: string | null;
  /** Unknown for a profile of one's own until it says so. */
  readonly openssl?: OpensslVerdict | undefined;
  readonly mbedtls?: MbedtlsVerdict | undefined;
  /** More that a reader should know: versions that differ, options that change the verdict. */
  readonly note?: string;
  /** Default host when the request names none. */
  readonly host?: string | undefined;
  /**
   * How `node:tls` takes it when it is to present it: as it is (default), only with `ALL:@SECLEVEL=0` among the
   * ciphers, or not at all.
   */
  readonly nodeTls?: 'weak' | 'refuses';
  /**
   * The version of TLS in which OpenSSL loads it and still does not present it as a server: it ends the handshake with an
   * alert of its own, before the certificate was sent. Seen with OpenSSL 3.0 and 3.5.
   */
  readonly notServedIn?: 'TLSv1.2' | 'TLSv1.3';
  /** How the files differ from plain PEM and DER. */
  readonly files?: FileShapeName | undefined;
  readonly recipe: (context: RecipeContext) => Recipe;
}

/** A profile of the table: all of it is said. */
export type TableProfile = CertificateProfile & Required<Pick<CertificateProfile, 'openssl' | 'mbedtls'>>;

/** Rows of the table by name: the compiler wants each name of `Name` once, and no other. */
export type ProfileRows<Name extends string> = Readonly<Record<Name, Omit<TableProfile, 'name'>>>;
