import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Board } from '@wirewrap/repl-driver';
import { joinNetwork, NetworkError, type NetworkSettings } from '@wirewrap/tls-lab';

export interface WifiPrompt {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Milliseconds that a connection which boot.py has begun may take. */
const JOIN_MS = 20_000;

/** Whether the board has a network interface and no connection, by whatever interface (also one that boot.py made). */
export async function lacksNetwork(board: Board): Promise<boolean> {
  try {
    await joinNetwork(board, undefined, JOIN_MS);
    return false;
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'NOT_CONNECTED') return true;
    throw error;
  }
}

/** Asks for name and password of the network; the password is not shown. An empty name leaves it. */
export async function askWifi(label: string, prompt: WifiPrompt): Promise<NetworkSettings['wifi']> {
  const ssid = await ask(`${label} is not connected. Wi-Fi name: `, prompt, false);
  if (!ssid) return undefined;
  const password = await ask('Wi-Fi password (empty for an open network): ', prompt, true);
  return { ssid, password };
}

async function ask(question: string, { input, output, signal }: WifiPrompt, hidden: boolean): Promise<string> {
  let muted = false;
  const shown = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) output.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input, output: shown, terminal: true });
  // readline would take Ctrl-C for itself.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = reader.question(question, { signal });
    muted = hidden;
    // A password may begin or end with a space.
    return hidden ? await answer : (await answer).trim();
  } finally {
    reader.close();
    if (hidden) output.write('\n');
  }
}
