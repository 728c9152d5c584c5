/** On `globalThis`: this module may be evaluated again for every test file. */
const shared = globalThis as { wirewrapSecrets?: Set<string> };
shared.wirewrapSecrets ??= new Set();
const secrets = shared.wirewrapSecrets;

/**
 * A text that must not reach a log, a record or a report of this process. Empty ones are ignored.
 *
 * @example concealFromNowOn(process.env.WIREWRAP_WIFI_PASSWORD);
 */
export function concealFromNowOn(secret: string | undefined): void {
  if (secret) secrets.add(secret);
}

/**
 * The passwords of the boards that this process opened, and those in the environment.
 *
 * @example const shown = knownSecrets().reduce((text, secret) => text.replaceAll(secret, '…'), log);
 */
export function knownSecrets(env: Readonly<Record<string, string | undefined>> = process.env): readonly string[] {
  return [...new Set([...secrets, env.WIREWRAP_WIFI_PASSWORD ?? '', env.WIREWRAP_WEBREPL_PASSWORD ?? ''])].filter(
    (secret) => secret !== '',
  );
}
