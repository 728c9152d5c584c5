/** What the runner says of one case. */
export interface RunnerVerdict {
  readonly id: string;
  readonly word: 'passed' | 'failed' | 'unimplemented';
  /** Its message when the case failed: the error at its own end, and at the board's. */
  readonly message: string;
}

const HEADS = { PASSED: 'passed', FAILED: 'failed', UNIMPLEMENTED: 'unimplemented' } as const;

/** Reads the output of `runner -pipe` as it comes: a line a case, and after FAILED what went wrong. */
export class RunnerOutput {
  readonly #onVerdict: (verdict: RunnerVerdict) => void;
  #rest = '';
  #failed: { readonly id: string; readonly lines: string[] } | null = null;

  constructor(onVerdict: (verdict: RunnerVerdict) => void) {
    this.#onVerdict = onVerdict;
  }

  push(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  end(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    this.#finishFailed();
  }

  #line(line: string): void {
    const [, head, id] = /^(PASSED|FAILED|UNIMPLEMENTED) \((.+)\)$/.exec(line) ?? [];
    if (head === undefined || id === undefined) {
      this.#failed?.lines.push(line);
      return;
    }
    this.#finishFailed();
    const word = HEADS[head as keyof typeof HEADS];
    if (word === 'failed') this.#failed = { id, lines: [] };
    else this.#onVerdict({ id, word, message: '' });
  }

  #finishFailed(): void {
    const failed = this.#failed;
    this.#failed = null;
    if (failed) this.#onVerdict({ id: failed.id, word: 'failed', message: messageOf(failed.lines) });
  }
}

/** One line: `unexpected failure: local error '…', child error '…'; OSError(…)`. Ports are no part of what happened. */
function messageOf(lines: readonly string[]): string {
  const text = lines.filter((line) => !/^(stdout:|stderr:|\s*)$/.test(line) && !/^(PASS|FAIL)$/.test(line)).join('; ');
  return text
    .replace(/, child error '[^']*'/, '')
    .replace(/, stdout:/, '')
    .replace(/\[::1\]:\d+/g, '[::1]')
    .replace(/ +/g, ' ')
    .trim();
}
