import { TlsLabError } from '../tls-lab-error.ts';
import { ALERT_FAULTS } from './alert-faults.ts';
import { BYTE_FAULTS } from './byte-faults.ts';
import type { Fault } from './fault.ts';
import type { FaultDirection } from './fault-direction.ts';
import { HANDSHAKE_FAULTS } from './handshake-faults.ts';
import { RECORD_FAULTS } from './record-faults.ts';
import { TIMING_FAULTS } from './timing-faults.ts';

/** Every fault that a peer can be told to commit. */
export const FAULTS: readonly Fault[] = [
  ...BYTE_FAULTS,
  ...RECORD_FAULTS,
  ...HANDSHAKE_FAULTS,
  ...ALERT_FAULTS,
  ...TIMING_FAULTS,
];

export type FaultsByDirection = Readonly<Record<FaultDirection, readonly Fault[]>>;

/**
 * The fault of a name and the direction in which it happens. `NAME` changes what the peer sends to the board,
 * `NAME@to-peer` what the board sends. Throws a TlsLabError `UNKNOWN_FAULT` with the names that come near.
 *
 * @example findFault('alert-of-1-byte@to-peer').direction; // 'to-peer'
 */
export function findFault(text: string): { readonly fault: Fault; readonly direction: FaultDirection } {
  const [name = '', direction = 'to-board', ...rest] = text.split('@');
  const fault = FAULTS.find((each) => each.name === name);
  if (fault !== undefined && rest.length === 0 && (direction === 'to-board' || direction === 'to-peer')) {
    return { fault, direction };
  }
  const words = name.split('-').filter((word) => word.length > 2);
  const near = FAULTS.map((each) => each.name).filter((each) => words.some((word) => each.includes(word)));
  const known = near.length > 0 ? near : FAULTS.map((each) => each.name);
  const reason =
    fault === undefined ? `no fault is called "${name}"` : `"@${direction}" is no direction (to-board, to-peer)`;
  throw new TlsLabError('UNKNOWN_FAULT', `The fault "${text}" is unknown: ${reason}. Known: ${known.join(', ')}.`);
}

/** The faults of an option by the direction in which they happen; a `Fault` changes what the peer sends to the board. */
export function faultsByDirection(asked: readonly (Fault | string)[]): FaultsByDirection {
  const found = asked.map((each) =>
    typeof each === 'string' ? findFault(each) : { fault: each, direction: 'to-board' as const },
  );
  const towards = (direction: FaultDirection) =>
    found.flatMap(({ fault, direction: own }) => {
      if (own === direction) return [fault];
      const { name, level, does, correct, onAnswer } = fault;
      return onAnswer === undefined ? [] : [{ name, level, does, correct, ...onAnswer }];
    });
  return { 'to-board': towards('to-board'), 'to-peer': towards('to-peer') };
}
