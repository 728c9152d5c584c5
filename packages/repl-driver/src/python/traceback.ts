import type { TracebackFrame } from '../errors.ts';

/** A traceback as MicroPython prints it, taken apart. */
export interface Traceback {
  readonly type: string;
  /** What follows the type's name; empty when nothing does. */
  readonly message: string;
  /** Innermost last. */
  readonly frames: readonly TracebackFrame[];
}

const FRAME = /^ {2}File "(.*)", line (\d+)(?:, in (.+))?$/;
/** A name may hold any character beyond ASCII (py/lexer.c, `is_head_of_identifier`). */
const RAISED = /^([A-Za-z_\u{80}-\u{10ffff}][\w.\u{80}-\u{10ffff}]*)(?:: ?(.*))?$/su;

/** Undefined when the text holds no exception. */
export function parseTraceback(text: string): Traceback | undefined {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  const frames: TracebackFrame[] = [];
  const header = lines.findIndex((line) => line.startsWith('Traceback (most recent call last):'));
  let at =
    header >= 0
      ? header + 1
      : Math.max(
          0,
          lines.findIndex((line) => FRAME.test(line)),
        );
  // The frames end with the first line that is no frame: what looks like one behind it is the message's, which may quote another.
  for (let match = FRAME.exec(lines[at] ?? ''); match; match = FRAME.exec(lines[++at] ?? ''))
    frames.push({ file: match[1] ?? '', line: Number(match[2]), name: match[3] ?? null });
  const raised = RAISED.exec(lines.slice(at).join('\n'));
  if (!raised?.[1]) return undefined;
  return { type: raised[1], message: raised[2] ?? '', frames };
}

/** Writes the frames back as MicroPython would print them. */
export function formatTraceback(traceback: Traceback): string {
  const frames = traceback.frames.map(
    ({ file, line, name }) => `  File "${file}", line ${line}${name === null ? '' : `, in ${name}`}\n`,
  );
  const message = traceback.message === '' ? '' : `: ${traceback.message}`;
  return `Traceback (most recent call last):\n${frames.join('')}${traceback.type}${message}\n`;
}
