/** What a program has printed, however long: text at its end is reached without copying what was printed before it. */
export class ProgramOutput {
  length = 0;
  readonly #pieces: string[] = [];

  add(text: string): void {
    this.#pieces.push(text);
    this.length += text.length;
  }

  /** The text from position `at` on. */
  from(at: number): string {
    let first = this.#pieces.length;
    let start = this.length;
    while (start > at && first > 0) start -= this.#pieces[--first]?.length ?? 0;
    return this.#pieces
      .slice(first)
      .join('')
      .slice(Math.max(0, at - start));
  }

  /** Where the first match that begins at `at` or later ends; undefined without one. `searched` holds no such match. */
  endOf(marker: string | RegExp, at: number, searched: number): number | undefined {
    // A pattern may begin anywhere; of a marker, all but its last character may stand in what was searched.
    const from = typeof marker === 'string' ? Math.max(at, searched - Math.max(0, marker.length - 1)) : at;
    const text = this.from(from);
    if (typeof marker === 'string') {
      const found = text.indexOf(marker);
      return found < 0 ? undefined : from + found + marker.length;
    }
    const match = marker.exec(text);
    return match ? from + match.index + match[0].length : undefined;
  }
}
