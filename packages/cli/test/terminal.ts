import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as nodePty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { cleanEnvironment } from './wirewrap.ts';

const command = fileURLToPath(new URL('../bin/wirewrap.mjs', import.meta.url));

export interface TerminalOptions {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The program that Node runs. Default the command. */
  readonly program?: string;
  readonly cwd?: string;
}

/** How a command ended that was started in a terminal. */
export interface TerminalEnd {
  readonly exitCode: number;
  /** What stands in the terminal and its scroll-back, a string a line, wrapped lines joined, without trailing blanks. */
  readonly lines: readonly string[];
  /** Everything that was written, with control sequences. */
  readonly raw: string;
  /** The most memory that the command's own process took, in MB. */
  readonly peakMb: number;
}

/** `wirewrap ARGS` in a pseudo-terminal, without `CI`, as somebody at the desk runs it. */
export class TerminalRun {
  readonly #pty: nodePty.IPty;
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #ended: Promise<number>;
  readonly #waiting = new Set<() => void>();
  #raw = '';
  #peakMb = 0;

  constructor(args: readonly string[], { columns = 80, env = {}, program = command, cwd }: TerminalOptions = {}) {
    const surroundings = cleanEnvironment({ TERM: 'xterm-256color', ...env });
    for (const name of ['CI', 'GITHUB_ACTIONS']) delete surroundings[name];
    this.#screen = new xterm.Terminal({ cols: columns, rows: 40, scrollback: 20_000, allowProposedApi: true });
    this.#pty = nodePty.spawn(process.execPath, [program, ...args], {
      cols: columns,
      rows: 40,
      env: surroundings,
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.#pty.onData((text) => {
      this.#raw += text;
      this.#screen.write(text);
      this.#measure();
      for (const look of this.#waiting) look();
    });
    this.#ended = new Promise((resolve) => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  /** Types text; `\x03` is Ctrl-C. */
  type(text: string): void {
    this.#pty.write(text);
  }

  /** Resolves once `text` was written; rejects when the command ends without it. */
  async shows(text: string): Promise<void> {
    const seen = Promise.withResolvers<void>();
    const look = (): void => {
      if (this.#raw.includes(text)) seen.resolve();
    };
    this.#waiting.add(look);
    look();
    const gone = this.#ended.then((code) => {
      throw new Error(`The command ended with ${code} and never wrote "${text}". It wrote:\n${this.#raw}`);
    });
    try {
      await Promise.race([seen.promise, gone]);
    } finally {
      this.#waiting.delete(look);
      gone.catch(() => {});
    }
  }

  async end(): Promise<TerminalEnd> {
    const exitCode = await this.#ended;
    // The screen takes what is written to it in order: an empty write is through when everything before it is.
    await new Promise<void>((resolve) => this.#screen.write('', resolve));
    return { exitCode, lines: this.#lines(), raw: this.#raw, peakMb: this.#peakMb };
  }

  #lines(): string[] {
    const { active } = this.#screen.buffer;
    const lines: string[] = [];
    for (let index = 0; index < active.length; index += 1) {
      const line = active.getLine(index);
      if (!line) continue;
      const text = line.translateToString(true);
      if (line.isWrapped) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    while (lines.at(-1) === '') lines.pop();
    return lines;
  }

  #measure(): void {
    try {
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.#pty.pid}/status`, 'utf8'))?.[1];
      this.#peakMb = Math.max(this.#peakMb, Number(peak ?? 0) / 1024);
    } catch {
      // It has ended: what was measured before counts.
    }
  }
}
