import type { Pattern } from '../../claim/pattern.ts';

/** One entry of the TLS library's list of advisories, and how a handshake shows whether it holds here. */
export interface Advisory {
  /** `CVE-2026-49300` */
  readonly id: string;
  readonly title: string;
  readonly role: 'client' | 'server';
  /** Versions of mbedTLS that the advisory calls affected, such as `>=3.3.0 <3.6.6`; one of them must hold. */
  readonly affected: readonly string[];
  /** Name of the advisory's page in Mbed-TLS/mbedtls-docs, folder security-advisories. */
  readonly advisory: string;
  /** What is sent, in words for a reader. */
  readonly sends: string;
  /** What a library with the repair does. */
  readonly repaired: string;
  readonly probe: HandshakeProbe | Unreachable;
}

/** The case that shows it, and what its value looks like either way; any other value leaves it unclear. */
export interface HandshakeProbe {
  readonly case: string;
  readonly because?: undefined;
  readonly vulnerable: Pattern;
  readonly fixed: Pattern;
}

/** Why no peer can reach the fault through a MicroPython program. */
export interface Unreachable {
  readonly because: string;
}

export function hasProbe(advisory: Advisory): advisory is Advisory & { readonly probe: HandshakeProbe } {
  return 'case' in advisory.probe;
}
