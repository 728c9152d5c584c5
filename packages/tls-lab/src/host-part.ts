import type { Fault } from './faults/fault.ts';
import type { Handshake } from './handshake.ts';
import type { AlertDescription } from './tls/alert-description.ts';
import type { Alert } from './transcript/transcript.ts';

/** What an end says whose signature, Finished or record MAC does not verify. */
const VERIFICATION: readonly AlertDescription[] = ['bad_record_mac', 'decrypt_error'];

/** The same as Mbed TLS raises it, where the alert could not be read: INVALID_MAC, ECP_VERIFY_FAILED, RSA_VERIFY_FAILED. */
const VERIFICATION_ERRORS: readonly number[] = [-0x7180, -0x4e00, -0x4380];

/**
 * Whether the board passed over the fault, and what ended the connection is the host's: the host's own end had seen another
 * handshake, so that a signature, a Finished or a record MAC did not verify. Such an outcome says that the board goes on, and
 * nothing of how it fails.
 *
 * @example endsAtOurs(fault, handshake) // the board accepted an unknown extension; the host then sent bad_record_mac
 */
export function endsAtOurs(fault: Fault, { wire, board }: Handshake): boolean {
  if (wire === null || !wire.faults.includes(fault.name)) return false;
  const first = wire.alerts.find(({ level }) => level === 'fatal');
  return endedAtOurs(fault, first ?? null, board.error?.errno ?? null);
}

/**
 * The same from what a record holds: the first fatal alert, and the number that the board raised.
 *
 * @example endedAtOurs({ ours: 'finished' }, { sender: 'peer', name: 'bad_record_mac' }, null); // true
 */
export function endedAtOurs(
  { ours }: Pick<Fault, 'ours'>,
  first: Pick<Alert, 'sender' | 'name'> | null,
  errno: number | null,
): boolean {
  if (ours !== 'finished' && ours !== 'verification') return false;
  const unverified = VERIFICATION.some((alert) => alert === first?.name);
  if (first?.sender === 'peer') return unverified;
  if (ours === 'verification') return false;
  return unverified || (first === null && VERIFICATION_ERRORS.includes(errno ?? 0));
}
