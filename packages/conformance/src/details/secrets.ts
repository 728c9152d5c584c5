import { knownSecrets } from '@wirewrap/boards';

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Characters of the serial line that are kept for one case: its end. */
const SERIAL_LIMIT = 16_384;

/**
 * Replaces private keys in PEM and the Wi-Fi password, wherever they got in.
 *
 * @example withoutSecrets('the password is hunter2', ['hunter2']); // 'the password is [password left out]'
 */
export function withoutSecrets(text: string, secrets: readonly string[] = knownSecrets()): string {
  const clean = text.replace(PRIVATE_KEY, '[private key left out]');
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[password left out]'), clean);
}

/**
 * What the board sent during a case, as it goes into the details.
 *
 * @example toSerialLog('the password is hunter2', ['hunter2']); // 'the password is [password left out]'
 */
export function toSerialLog(text: string, secrets?: readonly string[]): string {
  const clean = withoutSecrets(text, secrets);
  return clean.length > SERIAL_LIMIT ? `[…]${clean.slice(-SERIAL_LIMIT)}` : clean;
}
