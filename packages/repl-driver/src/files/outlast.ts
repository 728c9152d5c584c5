import { INTERRUPT } from '../repl/control.ts';
import { isDeadline } from '../repl/enter-raw.ts';
import type { Line } from '../session/line.ts';
import type { Deadline } from '../time/deadline.ts';
import { GIVE_UP_MS, GRANT, WINDOW_BYTES } from './receiver.ts';

const ANSWER_MS = 250;
/** Long enough for the search below and for the receiver's patience. */
export const OUTLAST_MS = GIVE_UP_MS + 4_000;

/** What only a receiver that has ended sends: the agent's answer, or the raw REPL's prompt. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the first bytes of answers
const ENDED = /[\x1d\x1e]|\x04>/;

export function receiverEnded(bytes: Buffer): boolean {
  return ENDED.test(bytes.toString('latin1'));
}

/**
 * Gets a receiver whose host died, or whose line lost a byte, to give up. It takes every byte for data, Ctrl-C included,
 * and sits in `readinto` while a window is half full, so the window is filled exactly (each full one is acknowledged) and
 * then nothing is sent until its patience ends. To anything else this is some Ctrl-C.
 * False when no receiver answered.
 */
export async function outlastReceiver(line: Line, deadline: Deadline): Promise<boolean> {
  line.take();
  const first = await answerTo(line, WINDOW_BYTES, deadline);
  if (first === 'silence') return false;
  if (first === 'ended' || (await fillWindow(line, deadline)) === 'ended') return true;
  await waitForAnswer(line, deadline.within(GIVE_UP_MS + 600));
  return true;
}

type Answer = 'window' | 'ended' | 'silence';

/** How full the window is, is unknown: each piece halves what it may be, for it completes the window or does not. */
async function fillWindow(line: Line, deadline: Deadline): Promise<Answer> {
  let [low, high] = [0, WINDOW_BYTES - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const count = WINDOW_BYTES - middle;
    const answer = await answerTo(line, count, deadline);
    if (answer === 'ended') return answer;
    [low, high] = answer === 'window' ? [0, high - middle] : [low + count, WINDOW_BYTES - 1];
  }
  return low > 0 ? await answerTo(line, WINDOW_BYTES - low, deadline) : 'window';
}

/** Whether the bytes completed a window, or the receiver's last one. */
async function answerTo(line: Line, count: number, deadline: Deadline): Promise<Answer> {
  await line.write(INTERRUPT.repeat(count), deadline);
  return await waitForAnswer(line, deadline.within(ANSWER_MS), GRANT);
}

async function waitForAnswer(line: Line, deadline: Deadline, grant?: number): Promise<Answer> {
  try {
    return await line.until<Answer>('a receiver of files', deadline, (waiting) => {
      if (receiverEnded(waiting)) return 'ended';
      return grant !== undefined && waiting.includes(grant) ? 'window' : undefined;
    });
  } catch (error) {
    if (!isDeadline(error)) throw error;
    return 'silence';
  } finally {
    line.take();
  }
}
