import type { HandshakeObservation } from './handshake-observation.ts';
import { describeError, type ObservedError } from './observed-error.ts';

/** What stands for a case that could not be posed to this board. */
export interface Unavailable {
  readonly unavailable: string;
}

/** What stands for a case that was lost: the board reset or ran out of memory in it. */
export interface Lost {
  readonly lost: string;
}

export function isUnavailable(value: unknown): value is Unavailable {
  return value !== null && typeof value === 'object' && 'unavailable' in value;
}

export function isLost(value: unknown): value is Lost {
  return value !== null && typeof value === 'object' && 'lost' in value;
}

function isHandshake(value: object): value is HandshakeObservation {
  return 'end' in value && 'hello' in value;
}

function describeHandshake(value: HandshakeObservation): string {
  const extra = ['version', 'suite', 'sni', 'steps', 'closeNotify', 'alpn']
    .filter((field) => value[field] !== undefined)
    .map((field) => `${field} ${JSON.stringify(value[field])}`);
  const alerts = [
    value.boardAlert ? `board's alert ${value.boardAlert}` : null,
    value.peerAlert ? `host's alert ${value.peerAlert}` : null,
  ].filter((alert) => alert !== null);
  const what =
    value.end === 'completes'
      ? 'completes'
      : `${value.error === undefined ? 'fails' : describeError(value.error)}${value.at === undefined ? '' : ` in ${value.at}`}${value.hello ? '' : ' before any byte was sent'}`;
  return [what, ...alerts, ...extra].join(', ');
}

/** One observed value in a few words. */
export function describeValue(value: unknown): string {
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  if (isUnavailable(value)) return `not possible here: ${value.unavailable}`;
  if (isLost(value)) return `lost: ${value.lost}`;
  if ('raises' in value) return describeError((value as { raises: ObservedError }).raises);
  // Crash cases say that and no more.
  if ('end' in value && value.end === 'crashes') return 'the board crashes';
  if (isHandshake(value)) return describeHandshake(value);
  return JSON.stringify(value);
}
