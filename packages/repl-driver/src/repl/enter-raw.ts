import { isDeadline } from '../errors.ts';
import { FRIENDLY_REPL, INTERRUPT, RAW_BANNER, RAW_REPL } from '../line/control.ts';
import type { Line } from '../line/line.ts';
import { escapeBytes } from '../line/traffic-log.ts';
import { sleep } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { softReset } from './soft-reset.ts';

/** Silence after which the board is taken to have said all. */
const QUIET_MS = 40;
/** Longest waits for the first byte of an answer, round by round; the line's latency should fit. */
const ANSWER_MS = [120, 200, 300] as const;
const BANNER_MS = 800;
const LONGEST_BANNER = 8;
/** What nobody had read of an earlier session comes in one go, a banner too: a program's bytes follow that at once. */
const SETTLE_MS = 8;
/** A boot that is made good has this long whatever is left of the wait: cut short, it would be begun once more. */
const MEND_MS = 5_000;

/** What is sent before the raw REPL is asked for, in order; the last entry repeats. */
const PERSUASION = ['\r\x03', FRIENDLY_REPL, '\x03\x03', `\r\x03\x03${FRIENDLY_REPL}`] as const;

/**
 * Brings the board to the raw REPL with Ctrl-C, Ctrl-B and Ctrl-A only. `01` goes out when something spoke for a
 * prompt: sent to a running program it makes later Ctrl-C useless (micropython #7867). Resolves with what was received meanwhile.
 */
export async function enterRaw(line: Line, deadline: Deadline): Promise<string> {
  const heard: Buffer[] = [];
  for (let round = 0; !deadline.over; round++) {
    heard.push(line.take());
    await line.write(PERSUASION[Math.min(round, PERSUASION.length - 1)] ?? INTERRUPT, deadline);
    const answer = await listen(line, deadline, ANSWER_MS[Math.min(round, 2)] ?? 300);
    heard.push(answer);
    if (deadline.over) break;
    if (!speaksForPrompt(answer) && round % 5 !== 4) continue;
    const askedMs = deadline.clock.now();
    await line.write(`\r${RAW_REPL}`, deadline);
    // A board that is slow has longer each time.
    const found = await banner(line, deadline.within(BANNER_MS * Math.min(2 ** round, LONGEST_BANNER)));
    line.roundTripMs = deadline.clock.now() - askedMs;
    heard.push(await line.drain(SETTLE_MS, deadline.within(QUIET_MS)));
    if (found && line.atRawBanner) {
      const text = Buffer.concat(heard).toString('utf8');
      if (!line.bootBrokenOff) return text;
      const printed = await softReset(line, deadline.detached(MEND_MS));
      line.bootMended();
      return text + printed;
    }
    await sleep(deadline.clock, Math.min(50 * round, 500, deadline.remainingMs));
  }
  if (deadline.signal?.aborted) throw deadline.error('the raw REPL');
  const text = Buffer.concat(heard);
  const came = text.length === 0 ? 'nothing' : `"${escapeBytes(text.subarray(-160))}"`;
  throw deadline.error('the raw REPL banner', came);
}

/** Everything up to a prompt or to silence. */
async function listen(line: Line, deadline: Deadline, answerMs: number): Promise<Buffer> {
  const patience = deadline.within(answerMs);
  try {
    await line.until('an answer', patience, (waiting) => (waiting.length > 0 ? true : undefined));
    await line.until('a prompt', deadline.within(QUIET_MS), (waiting) =>
      atFriendlyPrompt(waiting) ? true : undefined,
    );
  } catch (error) {
    if (!isDeadline(error)) throw error;
    if (line.waiting > 0) return line.drain(QUIET_MS, deadline.within(300));
  }
  return line.take();
}

async function banner(line: Line, deadline: Deadline): Promise<boolean> {
  try {
    await line.until('the raw REPL banner', deadline, (waiting) => (waiting.includes(RAW_BANNER) ? true : undefined));
    return true;
  } catch (error) {
    if (isDeadline(error)) return false;
    throw error;
  }
}

function atFriendlyPrompt(waiting: Buffer): boolean {
  return waiting.subarray(-4).toString('latin1') === '>>> ';
}

/** A prompt ends a line that is not finished; its text may be anything (`sys.ps1`). */
function speaksForPrompt(answer: Buffer): boolean {
  return answer.length > 0 && answer.at(-1) !== 0x0a;
}
