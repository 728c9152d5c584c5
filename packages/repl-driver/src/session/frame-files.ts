import { crc32 } from 'node:zlib';
import type { TracebackFrame } from '../errors.ts';
import type { Place, PythonSource } from '../python/py.ts';
import { AGENT_FILE, DEFAULT_FILE } from '../repl/agent.ts';

/** Where code of the host stands: its first line, and its lines one by one where they do not count on from it. */
type Origin = Place & Pick<PythonSource, 'places'>;

/** Characters after the `@`: among a hundred places of this session and of an earlier one each, two share a name in 0.02 %. */
const TAG_DIGITS = 5;

/**
 * Short names under which the board knows files of the host, so that tracebacks can name the host's file and line. They
 * follow from the place alone: what an earlier session left on the board is not taken for code of this one.
 */
export class FrameFiles {
  readonly #origins = new Map<string, Origin & { readonly key: string }>();

  /** The name to compile under; the same for the same place, because each new name costs the board a little heap. */
  tag(origin: Origin | undefined): string {
    if (origin === undefined) return DEFAULT_FILE;
    const key = JSON.stringify(origin);
    for (let sum = crc32(key); ; sum++) {
      const tag = `@${(sum % 36 ** TAG_DIGITS).toString(36)}`;
      const known = this.#origins.get(tag);
      if (!known) this.#origins.set(tag, { ...origin, key });
      if (!known || known.key === key) return tag;
    }
  }

  readonly map = (frame: TracebackFrame): TracebackFrame | null => {
    if (frame.file === AGENT_FILE) return null;
    const origin = this.#origins.get(frame.file);
    if (!origin) return frame;
    return { ...frame, file: origin.file, line: frame.line + origin.line - 1, ...origin.places?.[frame.line - 1] };
  };
}
