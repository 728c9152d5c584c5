import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoardConfig } from '@wirewrap/boards';
import { debug, instead } from '../debug.ts';
import { CliError } from '../errors.ts';
import { workspaceRoot } from '../repository.ts';

/** The git-ignored file that holds the Wi-Fi of this desk: `{ "ssid": "…", "password": "…", "country": "DE" }`. */
const wifiFile = join(workspaceRoot, 'wifi.local.json');

/** The desk's Wi-Fi; undefined where there is no such file. */
export async function readWifiFile(path: string = wifiFile): Promise<BoardConfig['wifi']> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return instead(undefined, `reading ${path}`)(error);
  }
  try {
    const value = JSON.parse(text) as { ssid?: unknown };
    if (typeof value.ssid === 'string') return value as BoardConfig['wifi'];
  } catch (error) {
    // The parser's message would quote the file, and the file holds a password.
    debug('%s: %s', path, error instanceof Error ? error.name : typeof error);
  }
  throw new CliError('BAD_CONFIG', `${path} must be JSON with "ssid" and, unless the network is open, "password".`);
}
