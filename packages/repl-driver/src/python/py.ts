import { ReplDriverError } from '../errors.ts';
import { encodeValue } from './encode.ts';
import { isPythonSource, type Place, type PythonSource, PythonTemplate, placeOf } from './python-source.ts';

/**
 * Tagged template for Python: `` py`print(${value})` ``. Every value is encoded as a literal (see `encodeValue`);
 * another `py` fragment is inserted as code. Backslashes are Python's (the raw text is used). Indentation that all
 * lines share is removed.
 *
 * @example await board.exec(py`print(${[1, 2, 3]})`); // '[1, 2, 3]\n'
 * @throws ReplDriverError `BAD_VALUE` when it is called as a function, or a value has no literal.
 */
export function py(strings: TemplateStringsArray, ...values: readonly unknown[]): PythonSource {
  if (!Array.isArray(strings?.raw)) throw new ReplDriverError('BAD_VALUE', 'py is a template tag: write py`…`.');
  const pieces = strings.raw.map((text) => text.replace(/\\(`|\$\{)/g, '$1'));
  const origin = callSite();
  return new PythonTemplate(dedent(pieces, values.map(encodeValue)), origin, placesOf(pieces, values, origin));
}

/** Undefined when the lines simply count on from the origin. */
function placesOf(
  pieces: readonly string[],
  values: readonly unknown[],
  origin: Place | undefined,
): readonly (Place | undefined)[] | undefined {
  if (!origin || !values.some((value) => isPythonSource(value) && value.source.includes('\n'))) return undefined;
  const { file } = origin;
  let { line } = origin;
  const places: (Place | undefined)[] = [origin];
  pieces.forEach((piece, index) => {
    for (let breaks = lineBreaks(piece); breaks > 0; breaks--) places.push({ file, line: ++line });
    const value = values[index];
    if (!isPythonSource(value) || !value.source.includes('\n')) return;
    const inner = Array.from({ length: lineBreaks(value.source) + 1 }, (_, at) => placeOf(value, at));
    places.splice(-1, 1, ...inner);
    // One that was written right here has moved the rest of the template down.
    const last = inner.at(-1);
    if (last && value.origin?.file === file && value.origin.line === line) line = last.line;
  });
  return places;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}

/** Removes the margin that all lines of the template share. Values and fragments do not count: they come in after. */
function dedent(pieces: readonly string[], values: readonly string[]): string {
  const lines = pieces.join('x').split('\n');
  const margins = lines.filter((line) => /\S/.test(line)).map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.length === 0 ? '' : margins.reduce(commonPrefix);
  let text = '';
  pieces.forEach((piece, index) => {
    text += piece
      .split('\n')
      .map((line, at) => (index > 0 && at === 0 ? line : withoutMargin(line, margin)))
      .join('\n');
    text += indented(values[index] ?? '', text);
  });
  return text;
}

function withoutMargin(line: string, margin: string): string {
  return line.startsWith(margin) ? line.slice(margin.length) : line.trimStart();
}

/** A fragment of several lines that stands alone on its line takes that line's indentation. */
function indented(value: string, before: string): string {
  const indent = /(?:^|\n)([ \t]+)$/.exec(before)?.[1];
  return indent === undefined ? value : value.replaceAll('\n', `\n${indent}`);
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** File and line of the caller of `py`; undefined where the engine does not say. */
function callSite(): PythonSource['origin'] {
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, callSite);
  const frame = here.stack?.split('\n')[2] ?? '';
  const match = /(?:\(|at )((?:file:\/\/)?[^()]+?):(\d+):\d+\)?$/.exec(frame);
  if (!match?.[1] || !match[2]) return undefined;
  return { file: match[1].replace(/^file:\/\//, ''), line: Number(match[2]) };
}
