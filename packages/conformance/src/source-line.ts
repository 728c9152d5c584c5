/** A place in somebody's source. */
export interface SourceLine {
  readonly repository: 'micropython/micropython' | 'micropython/micropython-lib' | 'Mbed-TLS/mbedtls';
  /** A tag or a commit. */
  readonly at: string;
  readonly path: string;
  /** `735` or `735-743`. */
  readonly lines: string;
  readonly what: string;
}

/**
 * In Markdown, as a link to the place and what is there.
 *
 * @example for (const line of UPSTREAM_REPORTS[0]?.sources ?? []) console.log(sourceText(line));
 */
export function sourceText({ repository, at, path, lines, what }: SourceLine): string {
  const [first, last] = lines.split('-');
  const anchor = last === undefined ? `L${first}` : `L${first}-L${last}`;
  return `[${path}:${lines}](https://github.com/${repository}/blob/${at}/${path}#${anchor}) (${at.slice(0, 10)}): ${what}`;
}
