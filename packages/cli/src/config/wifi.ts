import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';
import type { BoardConfig } from './wirewrap-config.ts';

/** The git-ignored file that holds the Wi-Fi of this desk: `{ "ssid": "…", "password": "…", "country": "DE" }`. */
export const wifiFile = join(workspaceRoot, 'wifi.local.json');

/** Wi-Fi settings as environment variables for the workers: the environment wins, then the board's, then the file. */
export async function wifiEnvironment(
  board: BoardConfig['wifi'],
  env: Readonly<Record<string, string | undefined>>,
  path: string = wifiFile,
): Promise<Record<string, string>> {
  if (env.WIREWRAP_WIFI_SSID !== undefined) return {};
  const wifi = board ?? (await readWifiFile(path));
  if (!wifi) return {};
  return {
    WIREWRAP_WIFI_SSID: wifi.ssid,
    WIREWRAP_WIFI_PASSWORD: wifi.password ?? '',
    ...(wifi.country ? { WIREWRAP_WIFI_COUNTRY: wifi.country } : {}),
  };
}

async function readWifiFile(path: string): Promise<BoardConfig['wifi'] | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const value = JSON.parse(text) as { ssid?: unknown };
    if (typeof value.ssid === 'string') return value as BoardConfig['wifi'];
  } catch {
    // The parser's message would quote the file, and the file holds a password.
  }
  throw new CliError('BAD_CONFIG', `${path} must be JSON with "ssid" and, unless the network is open, "password".`);
}
