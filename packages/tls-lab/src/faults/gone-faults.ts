import { TlsLabError } from '../tls-lab-error.ts';
import type { Fault, Step } from './fault.ts';

/** How a peer goes: TCP's end, a reset, or nothing more at all, as when Wi-Fi or a cable goes. */
export type GoneBy = 'fin' | 'rst' | 'silence';

const STEPS: readonly Step[] = [
  'connect',
  'hello',
  'encrypted-extensions',
  'certificate-request',
  'certificate',
  'certificate-verify',
  'key-exchange',
  'hello-done',
  'session-ticket',
  'change-cipher-spec',
  'finished',
];

const gone = (step: Step, by: GoneBy): Fault => ({
  name: `gone-after-${step}-by-${by}`,
  level: 'byte',
  step,
  does: `Goes once its ${step} has left, by ${by}.`,
  act: { act: by === 'silence' ? 'stall' : by, where: step === 'connect' ? 'before' : 'after' },
  correct: { results: ['aborts', 'waits', 'truncated'], alerts: [], why: 'nobody is there any more' },
});

/** A peer that goes after each of its handshake messages. Apart from the table of faults: a whole run does not ask them. */
export const GONE_FAULTS: readonly Fault[] = STEPS.flatMap((step) =>
  (['fin', 'rst', 'silence'] as const).map((by) => gone(step, by)),
);

/**
 * The row of a peer that goes once this message has left it; `connect` is before the first.
 *
 * @example await tls.connect({ faults: [goneAfter('certificate', 'rst')] });
 */
export function goneAfter(step: Step, by: GoneBy): Fault {
  const row = GONE_FAULTS.find(({ name }) => name === `gone-after-${step}-by-${by}`);
  if (row === undefined)
    throw new TlsLabError('UNKNOWN_FAULT', `No peer goes after "${step}": choose ${STEPS.join(', ')}.`);
  return row;
}
