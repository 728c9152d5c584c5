import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Puts a style on text that was wrapped already. */
export type Paint = (style: Style, text: string) => string;

/** With `colours` as terminals show them, else the text as it is: for pipes, files and `NO_COLOR`. */
export function painter(colours: boolean): Paint {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}

/** Whether a stream shows colours: a terminal without `NO_COLOR`, or any stream with `FORCE_COLOR`. */
export function showsColours(stream: object): boolean {
  const { FORCE_COLOR, NO_COLOR } = process.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  if (NO_COLOR) return false;
  const terminal = stream as Partial<NodeJS.WriteStream>;
  return terminal.isTTY === true && terminal.hasColors?.(16) === true;
}
