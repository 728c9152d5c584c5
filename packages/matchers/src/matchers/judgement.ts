import { exhaustionOf, type Handshake, withoutConnection } from '@wirewrap/tls-lab';
import { CannotJudge } from '../errors.ts';

/** What a matcher found: the sentence `the connection <expected>, but <actual>` reads well with both parts. */
export interface Judgement {
  readonly pass: boolean;
  /** What was wanted, as a phrase that follows "should" (`complete`, `negotiate TLSv1.2`). */
  readonly expected: string;
  /** What was seen instead, as a clause. */
  readonly actual: string;
}

/** True for what `tls.connect` and `tls.serve` resolve with. */
export function isHandshake(value: unknown): value is Handshake {
  return typeof value === 'object' && value !== null && 'board' in value && 'wire' in value && 'certificate' in value;
}

export function requireHandshake(matcher: string, value: unknown): Handshake {
  if (isHandshake(value)) return value;
  const got = value instanceof Promise ? 'a Promise: an await is missing' : `${value === null ? 'null' : typeof value}`;
  throw new TypeError(
    `${matcher}() judges a Handshake, which tls.connect() and tls.serve() resolve with, but it got ${got}.`,
  );
}

/** What crossed the wire; without it there is nothing to judge. */
export function requireWire(handshake: Handshake): NonNullable<Handshake['wire']> {
  if (handshake.wire) return handshake.wire;
  throw new CannotJudge('No connection came about, so that nothing can be said about what crossed the wire.');
}

/** A board that ran out of memory, or got no TCP connection (Wi-Fi gone, a firewall in between), says nothing of TLS. */
export function requireConnection(handshake: Handshake): void {
  const exhausted = exhaustionOf(handshake.board);
  if (exhausted !== null) {
    const remedy = "reset the board (`board.reset()`), or name 'MemoryError' or the errno if that is what is meant";
    throw new CannotJudge(`Nothing was seen of TLS: ${exhausted}; ${remedy}.`, 'OUT_OF_MEMORY');
  }
  const reason = withoutConnection(handshake);
  if (reason === null) return;
  const remedy = 'look at the network with `wirewrap doctor`, or name the errno or the step if that is what is meant';
  throw new CannotJudge(`Nothing was seen of TLS: ${reason.replace(/\.$/, '')}; ${remedy}.`, 'NOT_CONNECTED');
}

/** Whether the Finished of both ends crossed the wire. */
export function completedOnWire({ wire }: Handshake): boolean {
  return wire?.handshakeCompleted ?? false;
}

/** A field that no matcher knows would be ignored, and the expectation would hold for the wrong reason. */
export function requireKnownFields(matcher: string, wanted: unknown, known: readonly string[]): void {
  if (typeof wanted !== 'object' || wanted === null || wanted instanceof RegExp || Array.isArray(wanted)) return;
  const unknown = Object.keys(wanted).filter((field) => !known.includes(field));
  if (unknown.length === 0) return;
  throw new TypeError(`${matcher}() knows no field '${unknown.join("', '")}'; it knows ${known.join(', ')}.`);
}
