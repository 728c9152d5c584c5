import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Board, type BoardIdentity, py } from '@wirewrap/repl-driver';

export interface WifiPrompt {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Whether the board has Wi-Fi and no connection, by whatever interface. */
export async function lacksNetwork(board: Board, identity: BoardIdentity): Promise<boolean> {
  if (!identity.modules.network) return false;
  const printed = await board.exec(py`
    import network
    found = False
    for name in ('STA_IF', 'LAN'):
        try:
            found = found or (network.WLAN(network.STA_IF) if name == 'STA_IF' else network.LAN()).isconnected()
        except Exception:
            pass
    print(found)
  `);
  return printed.trim() !== 'True';
}

/** Asks for name and password of the network; the password is not shown. An empty name leaves it. */
export async function askWifi(label: string, prompt: WifiPrompt): Promise<Record<string, string>> {
  const ssid = await ask(`${label} is not connected. Wi-Fi name: `, prompt, false);
  if (!ssid) return {};
  const password = await ask('Wi-Fi password (empty for an open network): ', prompt, true);
  return { WIREWRAP_WIFI_SSID: ssid, WIREWRAP_WIFI_PASSWORD: password };
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
    return (await answer).trim();
  } finally {
    reader.close();
    if (hidden) output.write('\n');
  }
}
