/** What a script says of one conversation. */
export interface ConversationVerdict {
  readonly name: string;
  readonly passed: boolean;
  /** What went wrong at tlsfuzzer's end, one line; empty when nothing did. */
  readonly message: string;
  /** This host's ports of its connections. */
  readonly ports: readonly number[];
}

type Draft = { name: string; ports: number[]; lines: string[] };

/** The first line of a conversation: `NAME ...`, and of one that is repeated `"NAME" repeat 3...` or `"NAME" repeat 3`. */
const FIRST_LINES = [/^(\S.*) \.\.\.$/, /^"(.+)" repeat \d+(?:\.\.\.)?$/];

/** Reads the output of a script as it comes: the first line of a conversation, then `OK` or a traceback, an empty line after each. */
export class ScriptOutput {
  readonly #onVerdict: (verdict: ConversationVerdict) => void;
  #rest = '';
  #draft: Draft | null = null;
  readonly #end = Promise.withResolvers<number>();
  /** Whether the summary came, after the last conversation. */
  summarized = false;
  /** Of the conversations, and of those that failed. */
  readonly count = { all: 0, failed: 0 };

  constructor(onVerdict: (verdict: ConversationVerdict) => void) {
    this.#onVerdict = onVerdict;
  }

  /** Resolves with the script's exit code. */
  get ended(): Promise<number> {
    return this.#end.promise;
  }

  push(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    const [, code] = /^ended (-?\d+)$/.exec(line) ?? [];
    if (code !== undefined) this.#end.resolve(Number(code));
    if (line === 'Test end') {
      this.#finish(false);
      this.summarized = true;
    }
    if (this.summarized) return;
    const name = FIRST_LINES.map((first) => first.exec(line)?.[1]).find((found) => found !== undefined);
    const [, port] = /^connection (\d+)$/.exec(line) ?? [];
    if (name !== undefined) {
      this.#finish(false);
      this.#draft = { name, ports: [], lines: [] };
    } else if (port !== undefined) this.#draft?.ports.push(Number(port));
    else if (line === 'OK') this.#finish(true);
    else this.#draft?.lines.push(line);
  }

  #finish(passed: boolean): void {
    const draft = this.#draft;
    this.#draft = null;
    if (draft === null) return;
    const { name, ports, lines } = draft;
    this.count.all += 1;
    if (!passed) this.count.failed += 1;
    this.#onVerdict({ name, ports, passed, message: passed ? '' : messageOf(lines) });
  }
}

/** The last line of Python's traceback; before it stand the nodes of the conversation. */
function messageOf(lines: readonly string[]): string {
  const errors = lines.filter((line) => /^[A-Za-z_.]*(Error|Exception|Alert|Close|timeout)\b/.test(line));
  return (errors.at(-1) ?? lines.findLast((line) => line.trim() !== '') ?? '').trim();
}
