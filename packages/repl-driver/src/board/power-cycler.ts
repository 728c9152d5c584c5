import { ReplDriverError } from '../errors.ts';
import { LONGEST_TIMER_MS } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';

/** How the board's power is cut for a moment: a shell command or a function. One that fails is `BAD_VALUE`. */
export type PowerCycle = string | (() => Promise<void>);

/** The power cycle as the recovery ladder calls it. */
export function powerCycler(way: PowerCycle): (deadline: Deadline) => Promise<void> {
  if (typeof way === 'function') {
    const cycle = async () => {
      try {
        await way();
      } catch (cause) {
        const message = `The powerCycle function failed (${cause instanceof Error ? cause.message : String(cause)}); try it by itself.`;
        throw new ReplDriverError('BAD_VALUE', message, { cause });
      }
    };
    return (deadline) => deadline.race(cycle(), 'the power cycle');
  }
  return async (deadline) => {
    const { execFile } = await import('node:child_process');
    const ran = new Promise<void>((resolve, reject) => {
      const child = execFile(
        '/bin/sh',
        ['-c', way],
        {
          timeout: Math.min(Math.max(1, Math.ceil(deadline.remainingMs)), LONGEST_TIMER_MS),
          ...(deadline.signal ? { signal: deadline.signal } : {}),
        },
        (error, _stdout, stderr) => {
          if (!error) return resolve();
          const message = `The power-cycle command failed (${stderr.trim().split('\n').at(-1) || error.message}); try it in a shell: ${way}`;
          reject(new ReplDriverError('BAD_VALUE', message, { cause: error }));
        },
      );
      child.stdin?.end();
    });
    await deadline.race(ran, 'the power-cycle command');
  };
}
