import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardConfig } from '@wirewrap/boards';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';

/** The git-ignored file that holds the Wi-Fi of this desk: `{ "ssid": "…", "password": "…", "country": "DE" }`. */
export const wifiFile = join(workspaceRoot, 'wifi.local.json');

/** The desk's Wi-Fi; undefined where there is no such file. */
export async function readWifiFile(path: string = wifiFile): Promise<BoardConfig['wifi']> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as { ssid?: unknown };
    if (typeof value.ssid === 'string') return value as BoardConfig['wifi'];
  } catch {
    // The parser's message would quote the file, and the file holds a password.
  }
  throw new CliError('BAD_CONFIG', `${path} must be JSON with "ssid" and, unless the network is open, "password".`);
}
