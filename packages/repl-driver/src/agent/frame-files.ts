import type { TracebackFrame } from '../errors.ts';
import type { Place, PythonSource } from '../python/python-source.ts';
import { AGENT_FILE, DEFAULT_FILE, STREAM_FOLDER } from './agent.ts';

/** Where code of the host stands: its first line, and its lines one by one where they do not count on from it. */
type Origin = Place & Pick<PythonSource, 'places'>;

/** Short names under which the board knows files of the host, so that tracebacks can name the host's file and line. */
export class FrameFiles {
  readonly #tags = new Map<string, string>();
  readonly #origins = new Map<string, Origin>();

  /** The name to compile under; the same for the same place, because each new name costs the board a little heap. */
  tag(origin: Origin | undefined): string {
    if (origin === undefined) return DEFAULT_FILE;
    const key = JSON.stringify(origin);
    const known = this.#tags.get(key);
    if (known) return known;
    const tag = `@${(this.#tags.size + 1).toString(36)}`;
    this.#tags.set(key, tag);
    this.#origins.set(tag, origin);
    return tag;
  }

  readonly map = (raised: TracebackFrame): TracebackFrame | null => {
    if (raised.file === AGENT_FILE) return null;
    const frame = raised.file.startsWith(STREAM_FOLDER)
      ? { ...raised, file: raised.file.slice(STREAM_FOLDER.length) }
      : raised;
    const origin = this.#origins.get(frame.file);
    if (!origin) return frame;
    return { ...frame, file: origin.file, line: frame.line + origin.line - 1, ...origin.places?.[frame.line - 1] };
  };
}
