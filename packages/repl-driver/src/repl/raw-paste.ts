import { isDeadline, NotStartedError } from '../errors.ts';
import { EXECUTE, RAW_PASTE, RING_BYTES } from '../line/control.ts';
import type { Line, LineProbe } from '../line/line.ts';
import type { Deadline } from '../time/deadline.ts';

const ACCEPTED = 'R\x01';
const REFUSED = 'R\x00';
/** What firmware without raw-paste answers: the `01` was "print the banner again". */
const OLD_FIRMWARE = /ra(w REPL; CTRL-B to exit\r\n>)/;
const STALL_MS = 1_500;
/** Answer, window (u16) and the first window's `01`. */
const HEADER_BYTES = 4;

interface RawPasteOptions {
  /** Sends the first bytes with the request and saves a round trip: only for boards known to accept. */
  readonly eager: boolean;
  /** What may still lie in the board's receive ring. Default 0. */
  readonly waitingBytes?: number;
  /** Longest pause of a board that compiles what it reads, a collection of the heap included. Default 1,500. */
  readonly stallMs?: number;
}

type RawPasteAnswer = 'accepted' | 'unsupported';

/**
 * Sends source by raw-paste, never with more bytes in flight than the board's windows allow. Resolves when the
 * board has taken all, or stopped at an error that it will report; then the output follows as `<stdout> 04 <traceback> 04 >`.
 */
export async function rawPaste(
  line: Line,
  source: Buffer,
  deadline: Deadline,
  { eager, waitingBytes = 0, stallMs = STALL_MS }: RawPasteOptions,
): Promise<RawPasteAnswer> {
  let sent = eager ? Math.min(source.length, RING_BYTES - RAW_PASTE.length - 1 - waitingBytes) : 0;
  const wholeAtOnce = eager && sent === source.length;
  const request = Buffer.concat([Buffer.from(RAW_PASTE, 'latin1'), source.subarray(0, sent)]);
  await line.write(wholeAtOnce ? Buffer.concat([request, Buffer.from(EXECUTE)]) : request, deadline);
  const window = await grantedIn(line, 'the answer to raw-paste', { deadline, stallMs }, findAnswer);
  if (window === 'unsupported') return 'unsupported';
  let credit = window.credit - sent;
  line.take(window.end);
  while (sent < source.length) {
    if (credit <= 0 || line.waiting > 0) {
      const grant = await grantedIn(line, 'a raw-paste window', { deadline, stallMs }, (waiting) => waiting[0]);
      line.take(1);
      if (grant === EXECUTE.charCodeAt(0)) {
        await line.write(EXECUTE, deadline);
        return 'accepted';
      }
      if (grant !== 1) throw unexpected(grant);
      credit += window.size;
      continue;
    }
    const piece = source.subarray(sent, sent + credit);
    await line.write(piece, deadline);
    sent += piece.length;
    credit -= piece.length;
  }
  if (!wholeAtOnce) await line.write(EXECUTE, deadline);
  line.take(await line.until('the end of raw-paste', deadline, acknowledged));
  return 'accepted';
}

interface Window {
  readonly size: number;
  readonly credit: number;
  readonly end: number;
}

function findAnswer(waiting: Buffer): Window | 'unsupported' | undefined {
  const accepted = waiting.indexOf(ACCEPTED, 0, 'latin1');
  if (accepted >= 0) {
    if (waiting.length < accepted + HEADER_BYTES) return undefined;
    const size = waiting.readUInt16LE(accepted + 2);
    return { size, credit: size, end: accepted + HEADER_BYTES };
  }
  if (waiting.indexOf(REFUSED, 0, 'latin1') >= 0) return 'unsupported';
  return OLD_FIRMWARE.test(waiting.toString('latin1')) ? 'unsupported' : undefined;
}

/** Bytes up to and with the `04`, past window grants that were still under way. */
function acknowledged(waiting: Buffer): number | undefined {
  for (let at = 0; at < waiting.length; at++) {
    if (waiting[at] === 4) return at + 1;
    if (waiting[at] !== 1) throw unexpected(waiting[at] ?? 0);
  }
  return undefined;
}

function unexpected(byte: number): NotStartedError {
  const came = byte.toString(16).padStart(2, '0');
  return new NotStartedError(`0x${came} came where a raw-paste window (01) or an abort (04) was due`);
}

/** Before the final `04` nothing runs: a silence there is a lost byte, and the command can be sent again. */
async function grantedIn<T>(
  line: Line,
  what: string,
  { deadline, stallMs }: { deadline: Deadline; stallMs: number },
  probe: LineProbe<T>,
): Promise<T> {
  const patience = deadline.within(stallMs);
  try {
    return await line.until(what, patience, probe);
  } catch (error) {
    if (isDeadline(error) && !deadline.over)
      throw new NotStartedError(`${stallMs} ms without ${what}`, { silent: true });
    throw error;
  }
}
