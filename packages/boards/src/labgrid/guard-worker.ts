import { createInterface } from 'node:readline';
import { retry } from '@wirewrap/repl-driver/basics';
import { debug, ignored } from '../debug.ts';
import { BoardsError } from '../errors.ts';
import { type GuardAnswer, type GuardRequest, RELEASE } from './guard-messages.ts';
import { type HeldPlace, holdPlace } from './hold-place.ts';

/** Milliseconds for which a place is given back again and again to a coordinator that is gone, and between two tries. */
const GIVE_BACK_MS = 600_000;
const RETRY_MS = 2_000;

/** Holds one place for the process that started it, and gives it back when that process says so or is gone. */
const lines = createInterface({ input: process.stdin });
const ended = new AbortController();
const first = Promise.withResolvers<string | null>();
let released = (): void => {};
const asked = new Promise<void>((resolve) => {
  released = resolve;
});

lines.on('line', (line) => {
  if (line === RELEASE) released();
  else first.resolve(line);
});
lines.on('close', () => {
  ended.abort();
  first.resolve(null);
  released();
});
// Who reads may be gone; a Ctrl-C is for who started us.
process.stdout.on('error', ignored('answering a process that is gone'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => lines.close());

function say(answer: GuardAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function sayFailure(error: unknown): void {
  const { message } = error as Error;
  say({ says: 'failed', code: error instanceof BoardsError ? error.code : 'HOST', message });
}

/** The first answer of the coordinator is said; who asked does not wait for the others. */
async function giveBack(place: HeldPlace): Promise<void> {
  let said = false;
  const mayPass = (error: unknown): boolean => {
    debug('%s is not given back yet: %s', place.place, error);
    if (!said) sayFailure(error);
    said = true;
    return true;
  };
  await retry(() => place.release(), { pauseMs: RETRY_MS, deadlineMs: GIVE_BACK_MS, mayPass });
  if (!said) say({ says: 'released' });
}

const request = await first.promise;
if (request !== null) {
  const { asked: place, wait, command, deadlineMs } = JSON.parse(request) as GuardRequest;
  try {
    const held = await holdPlace(place, { wait, client: { command, deadlineMs }, signal: ended.signal });
    say({ says: 'held', place: held.place });
    await asked;
    await giveBack(held);
  } catch (error) {
    sayFailure(error);
  }
}
process.exit();
