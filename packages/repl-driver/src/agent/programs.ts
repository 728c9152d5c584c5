import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { STALL_MS } from '../line/stall-watch.ts';
import { smallPrograms } from '../python/small-program.ts';
import { encodePythonText } from '../python/text.ts';

/** The check of a request is a checksum modulo this, in five digits of base 36: 26 bits. */
export const CHECK_DIGITS = 5;
export const CHECK_MODULUS: number = 36 ** CHECK_DIGITS;

/** Bytes of one window of a transfer. Two are in flight, which the ESP32's ring of 260 holds. */
export const WINDOW_BYTES = 128;
/** The receiver gives up after this silence and hands Ctrl-C back, so that a host that died leaves no deaf board. */
export const GIVE_UP_MS: number = STALL_MS / 2;

/** What the Python files leave open. */
const CONSTANTS: Readonly<Record<string, number>> = {
  CHECK_MODULUS,
  WINDOW_BYTES,
  GIVE_UP_MS,
  /** After an error the receiver reads on until nothing came for so long. */
  QUIET_MS: 150,
  /** Of a longer file name the temporary one has only the start: file systems take 255 bytes, which may be four a character. */
  TEMPORARY_CHARACTERS: 62,
};

/** Names that MicroPython calls, and `x` and `m`, which are the agent's in the user's programs. */
const KEPT = ['x', 'm', '_wi', 'readinto', 'ioctl', 'open'];

function sourceOf(file: string): string {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  return source.replace(/\b[A-Z]+(?:_[A-Z]+)+\b/g, (name) => String(CONSTANTS[name] ?? name));
}

const [agent1 = '', agent2 = '', agent3 = ''] = sourceOf('./agent.py').split('\n# ---\n');

const programs = smallPrograms(
  {
    install: sourceOf('./install.py'),
    firmware: sourceOf('./firmware.py'),
    agent1,
    agent2,
    agent3,
    stream: sourceOf('./receiver-stream.py'),
    files: sourceOf('./receiver-files.py'),
    transfers: sourceOf('./receiver-transfers.py'),
    trees: sourceOf('./receiver-trees.py'),
    programStream: sourceOf('./receiver-programs.py'),
    identity: sourceOf('./identity.py'),
  },
  KEPT,
);
const { sources } = programs;

/** How a function or variable of the Python files is called on the board. */
export const nameOnBoard: (name: string) => string = programs.nameOf;

const PARTS = [`${sources.firmware}\n${sources.agent1}`, sources.agent2, sources.agent3];

/**
 * Commands that install the agent, one after the other. Each prints `ww2` at its end when its part arrived whole; the last
 * prints `ww2:cl` before it (with `-` for `c` where the board has no CRC-32, and for `l` where the agent cannot stay to read
 * lines).
 */
export const INSTALL_AGENT: readonly string[] = installing(PARTS);
/** The same in one command: for a line on which each command takes long. */
export const INSTALL_AGENT_AT_ONCE: readonly string[] = installing([PARTS.join('\n')]);

/** `names`: an argument more of `_wi`, for what runs in a namespace of its own. */
function installing(parts: readonly string[], names = ''): readonly string[] {
  return parts.map((part, index) => {
    const before = index === 0 ? `${sources.install}\n` : '';
    const after = index === parts.length - 1 ? '\ndel _wi' : '';
    return `${before}_wi(${encodePythonText(part)},${crc32(part)}${names})${after}`;
  });
}

/** The parts of the board's end of transfers, in the order in which they are installed. */
export const RECEIVER_PARTS: readonly string[] = [sources.stream, sources.files, sources.transfers, sources.trees];

/** Lets the agent run programs that are compiled while they come; fails on a board that has not what that needs. */
export const PROGRAM_STREAM = sources.programStream;

/**
 * Commands that ask who the board is, without the agent: `ww2id:CRC:ANSWERww2`, the answer with its CRC-32 in eight hexadecimal
 * digits, or `-` where the board has none. They leave no name behind.
 */
export const ASK_IDENTITY: readonly string[] = installing([`${sources.firmware}\n${sources.identity}`], ',{}');

/**
 * A call of one of the receiver's functions. It takes nothing, one argument, or one dict with the entries that wire-format.md
 * describes; all values are Python already.
 */
export function receiverCall(name: string, argument: string | Readonly<Record<string, string | number>> = ''): string {
  if (typeof argument === 'string') return `${nameOnBoard(name)}(${argument})`;
  const entries = Object.entries(argument).map(([entry, value]) => `'${entry}':${value}`);
  return `${nameOnBoard(name)}({${entries.join(',')}})`;
}
