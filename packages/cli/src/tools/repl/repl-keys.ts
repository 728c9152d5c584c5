/** What somebody at the terminal asks for. Everything else goes to the board. */
export type ReplKey =
  | { readonly do: 'send'; readonly bytes: Buffer }
  | { readonly do: 'end' | 'reset' | 'power' | 'help' };

/** Ctrl-] and, as in mpremote, Ctrl-X. */
const END_KEYS = new Set([0x1d, 0x18]);
/** Ctrl-T, the menu key of miniterm and of ESP-IDF's monitor. MicroPython's line editor does not use it. */
const MENU_KEY = 0x14;

/** The key after Ctrl-T, with or without Ctrl: R, P, H. */
const MENU: Readonly<Record<string, 'reset' | 'power' | 'help'>> = { r: 'reset', p: 'power', h: 'help' };

export const REPL_HELP: readonly string[] = [
  'Ctrl-]          end (Ctrl-X too)',
  'Ctrl-C          interrupt the program',
  'Ctrl-D          soft reset',
  'Ctrl-T Ctrl-R   reset the chip by its RTS line',
  'Ctrl-T Ctrl-P   switch the board off and on',
  'Ctrl-T Ctrl-T   send Ctrl-T',
  'Ctrl-T Ctrl-H   this list',
];

/** Splits what is typed, in any chunking, into keys that mean something here and bytes for the board. */
export class ReplKeys {
  #inMenu = false;

  read(chunk: Uint8Array): ReplKey[] {
    const keys: ReplKey[] = [];
    let bytes: number[] = [];
    const flush = (): void => {
      if (bytes.length > 0) keys.push({ do: 'send', bytes: Buffer.from(bytes) });
      bytes = [];
    };
    for (const byte of chunk) {
      if (this.#inMenu) {
        this.#inMenu = false;
        const action = MENU[letterOf(byte)];
        if (byte === MENU_KEY) bytes.push(byte);
        else if (action) {
          flush();
          keys.push({ do: action });
        } else {
          flush();
          keys.push({ do: 'help' });
        }
      } else if (byte === MENU_KEY) this.#inMenu = true;
      else if (END_KEYS.has(byte)) {
        flush();
        keys.push({ do: 'end' });
        return keys;
      } else bytes.push(byte);
    }
    flush();
    return keys;
  }
}

/** `r` for r, R and Ctrl-R. */
function letterOf(byte: number): string {
  return String.fromCharCode(byte < 0x20 ? byte + 0x60 : byte).toLowerCase();
}
