import type { Fault, Step } from './fault.ts';
import { completes, waits } from './reactions.ts';

const SLOW = 'slowness is no error; how long to wait is for the application to say';
const PAUSE_MS = 1000;

const PLACES = [
  { step: 'hello', name: 'hello', text: 'its hello' },
  { step: 'certificate', name: 'certificate', text: 'its Certificate' },
  { step: 'finished', name: 'finished', text: 'its Finished' },
  { step: 'data', name: 'data', text: 'its first application data' },
] as const satisfies readonly { step: Step; name: string; text: string }[];

/** Faults of time: nothing is wrong with the bytes. */
export const TIMING_FAULTS: readonly Fault[] = [
  ...PLACES.map(
    ({ step, name, text }): Fault => ({
      name: `pause-before-${name}`,
      level: 'timing',
      step,
      does: `Waits a second before ${text}.`,
      act: { act: 'pause', where: 'before', ms: PAUSE_MS },
      correct: completes(SLOW),
      ...(step === 'certificate' ? { sentBy: 'server' } : {}),
      leftOut: true,
    }),
  ),
  ...PLACES.map(
    ({ step, name, text }): Fault => ({
      name: `stall-in-${name}`,
      level: 'timing',
      step,
      does: `Sends half of the record of ${text}, then nothing more, and keeps TCP open.`,
      act: { act: 'stall', where: 'inside' },
      correct: waits(SLOW),
      ...(step === 'certificate' ? { sentBy: 'server' } : {}),
      ...(step === 'certificate' || step === 'finished' ? { leftOut: true } : {}),
    }),
  ),
  {
    name: 'never-answers',
    level: 'timing',
    step: 'connect',
    does: 'Accepts TCP and never sends a byte.',
    act: { act: 'stall', where: 'before' },
    correct: waits(SLOW),
  },
  {
    name: 'slow-drip',
    level: 'timing',
    step: 'hello',
    does: 'Sends one byte every 1.2 seconds from its hello on.',
    act: { act: 'fragments', size: 1, everyMs: 1200 },
    correct: waits(SLOW),
    leftOut: true,
  },
];
