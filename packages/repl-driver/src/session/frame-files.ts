import type { TracebackFrame } from '../errors.ts';
import { AGENT_FILE, DEFAULT_FILE } from '../repl/agent.ts';

/** Short names under which the board knows files of the host, so that tracebacks can name the host's file and line. */
export class FrameFiles {
  readonly #tags = new Map<string, string>();
  readonly #origins = new Map<string, { file: string; firstLine: number }>();

  /** The name to compile under; the same for the same place, because each new name costs the board a little heap. */
  tag(file: string | undefined, firstLine: number): string {
    if (file === undefined) return DEFAULT_FILE;
    const key = `${firstLine}:${file}`;
    const known = this.#tags.get(key);
    if (known) return known;
    const tag = `@${(this.#tags.size + 1).toString(36)}`;
    this.#tags.set(key, tag);
    this.#origins.set(tag, { file, firstLine });
    return tag;
  }

  readonly map = (frame: TracebackFrame): TracebackFrame | null => {
    if (frame.file === AGENT_FILE) return null;
    const origin = this.#origins.get(frame.file);
    return origin ? { ...frame, file: origin.file, line: frame.line + origin.firstLine - 1 } : frame;
  };
}
