const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Text without the given secrets and without PEM private keys. */
export function conceal(text: string, secrets: readonly string[]): string {
  const keysGone = text.replace(PRIVATE_KEY, '(private key)');
  return secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '(secret)'), keysGone);
}
