// biome-ignore-all lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
import type { ReplEngine } from './engines/repl-engine.ts';

/** One exchange: what the host sends and what must come back, to the byte. */
export type Exchange = readonly [send: string, answer: string | RegExp];

export interface ContractCase {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  /** What the engine has to be able to do. */
  readonly needs?: keyof ReplEngine['can'];
}

export const PROMPT = '>>> ';
export const BANNER = /^\r\nMicroPython v[^\r\n]+; [^\r\n]+\r\nType "help\(\)" for more information\.\r\n>>> $/;
export const RAW_BANNER = 'raw REPL; CTRL-B to exit\r\n>';
export const PASTE_BANNER = '\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ';
export const SYNTAX_ERROR =
  'Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n';
export const ACCEPTED = 'R\x01\x80\x00\x01';
// Slower than any engine's quietMs: an answer is taken when nothing follows it.
export const LOOP = "import time\nwhile True:\n print('tick')\n time.sleep_ms(300)\n";
export const TICKS = /^OK(?:tick\r\n)+$/;
export const INTERRUPTED = (line: number) =>
  new RegExp(
    `^(?:tick\\r\\n)*\\x04Traceback \\(most recent call last\\):\\r\\n  File "<stdin>", line ${line}, in <module>\\r\\nKeyboardInterrupt: ?\\r\\n\\x04>$`,
  );
