import { type ElfFile, explainPanic, panicPlace, readElf } from '@wirewrap/repl-driver/panics';

/** So much text is kept: a dump of all registers with its backtrace is shorter. */
const KEPT = 8_192;
/** What begins a panic, so that a program's own words are no reason to ask for addresses. */
const SIGN = /Guru Meditation Error|abort\(\) was called|register dump:/;
/** The dump has come whole: what the chip says of its next start. */
const END = /Rebooting\.\.\.|rst:0x[\da-f]+/;

/** Looks for the dump of a panic in what a board sends, and tells where the firmware was. */
export class PanicWatch {
  readonly #elf: ElfFile;
  readonly #tell: (text: string) => void;
  #text = '';

  constructor(elf: ElfFile, tell: (text: string) => void) {
    this.#elf = elf;
    this.#tell = tell;
  }

  /** Reads the ELF's header first. */
  static async of(path: string, tell: (text: string) => void): Promise<PanicWatch> {
    return new PanicWatch(await readElf(path), tell);
  }

  add(chunk: Uint8Array): void {
    this.#text = (this.#text + Buffer.from(chunk).toString('latin1')).slice(-KEPT);
    const from = this.#text.search(SIGN);
    if (from < 0 || !END.test(this.#text.slice(from))) return;
    const place = panicPlace(this.#text.slice(from));
    this.#text = '';
    if (place === undefined) return;
    void explainPanic(this.#elf, place).then(
      (text) => this.#tell(`the panic was ${text}`),
      (error: Error) => this.#tell(`the panic is not decoded: ${error.message}`),
    );
  }
}
