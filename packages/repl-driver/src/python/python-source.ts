/** Python source whose interpolated values were encoded, so that nothing in them can become code. Made by `py`. */
export interface PythonSource {
  readonly source: string;
  /** Where the template is in the host's source, so that tracebacks can point at it. */
  readonly origin?: Place;
  /** Where each of its lines stands, when a fragment of several lines came in from elsewhere. */
  readonly places?: readonly (Place | undefined)[];
}

/** A line of a file of the host, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What `py` makes: no look-alike object counts as one. */
export class PythonTemplate implements PythonSource {
  readonly source: string;
  readonly origin?: Place;
  readonly places?: readonly (Place | undefined)[];

  constructor(source: string, origin: Place | undefined, places: readonly (Place | undefined)[] | undefined) {
    this.source = source;
    if (origin) this.origin = origin;
    if (places) this.places = places;
  }

  toString(): string {
    return this.source;
  }
}

/** Where a line of the source stands, counted from 0. */
export function placeOf({ origin, places }: PythonSource, at: number): Place | undefined {
  if (places) return places[at];
  return origin && { file: origin.file, line: origin.line + at };
}

/**
 * True for what `py` made: a look-alike object does not count, or data could become code.
 *
 * @example
 * isPythonSource(py`1 + 1`); // true
 * isPythonSource('1 + 1'); // false
 */
export function isPythonSource(value: unknown): value is PythonSource {
  return value instanceof PythonTemplate;
}
