const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Characters of the serial line that are kept for one case: its end. */
const SERIAL_LIMIT = 16_384;

/** Replaces private keys in PEM and the Wi-Fi password, wherever they got in. */
export function withoutSecrets(text: string, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const clean = text.replace(PRIVATE_KEY, '[private key left out]');
  const password = env.WIREWRAP_WIFI_PASSWORD;
  return password ? clean.replaceAll(password, '[password left out]') : clean;
}

/** What the board sent during a case, as it goes into the details. */
export function toSerialLog(text: string, env?: Readonly<Record<string, string | undefined>>): string {
  const clean = withoutSecrets(text, env);
  return clean.length > SERIAL_LIMIT ? `[…]${clean.slice(-SERIAL_LIMIT)}` : clean;
}
