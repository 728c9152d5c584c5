import { readFileSync } from 'node:fs';
import { ignored } from '../debug.ts';
import { ReplDriverError } from '../errors.ts';

/** The connection ended, by itself; a further one was opened; the device turned out to have no modem lines. */
const EVENTS = ['closed', 'opened', 'no modem lines'] as const;
type SessionEvent = (typeof EVENTS)[number];

/** One line of a recorded session (JSON lines), `ms` after its start: bytes, modem lines that the host set, or what happened. */
export type SessionEntry =
  | { readonly ms: number; readonly dir: 'host' | 'board'; readonly hex: string }
  | { readonly ms: number; readonly dtr: boolean; readonly rts: boolean }
  | { readonly ms: number; readonly event: SessionEvent }
  | { readonly ms: number; readonly note: string };

/** Fails with `BAD_VALUE` and the line's number. */
export function parseSession(text: string, name = 'the session'): SessionEntry[] {
  const entries: SessionEntry[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const entry = parseEntry(line);
    if (!entry) {
      throw new ReplDriverError(
        'BAD_VALUE',
        `Line ${index + 1} of ${name} is no session entry; each is {"ms"} with {"dir", "hex"}, {"dtr", "rts"}, {"event"} or {"note"}.`,
      );
    }
    entries.push(entry);
  });
  return entries;
}

function parseEntry(line: string): SessionEntry | undefined {
  try {
    const { ms, dir, hex, dtr, rts, event, note } = JSON.parse(line) ?? {};
    if (typeof ms !== 'number') return undefined;
    if (typeof note === 'string') return { ms, note };
    if (typeof dtr === 'boolean' && typeof rts === 'boolean') return { ms, dtr, rts };
    if (EVENTS.includes(event)) return { ms, event };
    if (dir !== 'host' && dir !== 'board') return undefined;
    return typeof hex === 'string' && /^(?:[\da-f]{2})*$/i.test(hex) ? { ms, dir, hex } : undefined;
  } catch (error) {
    ignored('reading a line of a session')(error);
    return undefined;
  }
}

export function readSession(path: string): SessionEntry[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ReplDriverError(
      'NO_SUCH_PORT',
      `Cannot read the recorded session ${path} (${(cause as NodeJS.ErrnoException).code}); check the path.`,
      { cause },
    );
  }
  return parseSession(text, path);
}

/** The entries after a note, up to the next one. */
export function sectionOf(entries: readonly SessionEntry[], note: string): SessionEntry[] {
  const start = entries.findIndex((entry) => 'note' in entry && entry.note.startsWith(note));
  if (start < 0) throw new ReplDriverError('BAD_VALUE', `The session holds no section "${note}".`);
  const rest = entries.slice(start + 1);
  const end = rest.findIndex((entry) => 'note' in entry);
  return end < 0 ? rest : rest.slice(0, end);
}

const NONCE_IN_STATEMENT = /_ww?(?:',\{\}\))?(?:\.x\(b?'|\+['"]{1,3})([\dA-Za-z]{3})/g;

/** The nonces that the driver used in a recorded session, in order. */
export function noncesOf(entries: readonly SessionEntry[]): string[] {
  const sent = entries.flatMap((entry) =>
    'hex' in entry && entry.dir === 'host' ? [Buffer.from(entry.hex, 'hex')] : [],
  );
  return [...Buffer.concat(sent).toString('latin1').matchAll(NONCE_IN_STATEMENT)].map((match) => match[1] ?? '');
}
