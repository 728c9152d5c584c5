import type { CaseDetail } from '@wirewrap/conformance';
import type { StatusLine } from './status-line.ts';

const MARKS = { passed: 'ok', failed: 'FAILED', skipped: 'skipped' } as const;

/** What goes on in a run that several boards share: one line that changes, or one line for each case where there is no terminal. */
export class SplitProgress {
  readonly #line: StatusLine;
  readonly #boards: number;
  readonly #total: number;
  readonly #now: () => number;
  readonly #startedMs: number;
  #done = 0;

  constructor(line: StatusLine, boards: number, total: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedMs = now();
    this.#line = line;
    this.#boards = boards;
    this.#total = total;
  }

  asked(board: string, id: string): void {
    const counted = `${this.#boards} boards  ${this.#done} of ${this.#total}${this.#left()}`;
    this.#line.show(`${counted}  ${board}: ${id}`);
  }

  answered(board: string, { case: id, status, durationMs }: CaseDetail): void {
    this.#done += 1;
    if (this.#line.live) return;
    this.#line.write(`[${board}] ${this.#done}/${this.#total} ${MARKS[status]} ${id} (${Math.round(durationMs)} ms)\n`);
  }

  #left(): string {
    if (this.#done === 0) return '';
    const eachMs = (this.#now() - this.#startedMs) / this.#done;
    const seconds = Math.ceil((eachMs * (this.#total - this.#done)) / 1000);
    return seconds >= 60 ? `, ${Math.ceil(seconds / 60)} min left` : `, ${seconds} s left`;
  }
}
