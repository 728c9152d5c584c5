import type { CertificateBundle } from '@wirewrap/certgen';
import type { ParsedClientHello } from '@wirewrap/tls-lab';

/** What a careful client does with a server's flight. */
export type CarefulClient = 'goes on' | 'refuses' | 'either';

/** What a server sends after the board's ClientHello, of which one thing is wrong, as a row of a table. */
export interface FlightRow {
  readonly name: string;
  readonly version: 'TLSv1.2' | 'TLSv1.3';
  readonly does: string;
  readonly careful: CarefulClient;
  readonly why: string;
  /** Default a key on P-256. */
  readonly key?: 'rsa-2048';
  /** What is sent; with `good`, the same with nothing wrong. Null where the ClientHello has no place for it. */
  readonly make: (
    hello: ParsedClientHello,
    bundle: CertificateBundle,
    good: boolean,
    randomOf?: (length: number) => Buffer,
  ) => Uint8Array | null;
}

/** What the board said to the flight and to the one with nothing wrong. */
export interface FlightAnswer {
  readonly control: string;
  readonly reaction: string;
}
