import { BEYOND_MEMORY, type LossReason } from '../observation/not-observed.ts';

/**
 * Cases of one run that may be lost to memory, resets or silence before the run turns red (class `board`): Wi-Fi and power
 * take one now and then, and each was run twice already. A run that lost more says too little to be called green, does not
 * become `results/latest.json`, and cannot become a baseline.
 */
export const CASES_THAT_MAY_BE_LOST = 5;

/**
 * Cases of one run that may need more memory than a board has that was just reset, before the run turns red. MicroPython
 * 1.20.0 on an ESP32 has no room for 9 of 1,491: certificates with many names, and three connections at a time. A firmware
 * that lost much of its heap has none for hundreds.
 */
export const CASES_THAT_MAY_NOT_FIT = 24;

/**
 * Which limit the losses of a run are above, as the end of a sentence; null when they are within both.
 *
 * @example lossLimitPassed(Array(6).fill('the board reset')); // 'up to 5 may be lost'
 */
export function lossLimitPassed(reasons: readonly LossReason[]): string | null {
  const unfit = reasons.filter((reason) => reason === BEYOND_MEMORY).length;
  if (reasons.length - unfit > CASES_THAT_MAY_BE_LOST) return `up to ${CASES_THAT_MAY_BE_LOST} may be lost`;
  return unfit > CASES_THAT_MAY_NOT_FIT
    ? `up to ${CASES_THAT_MAY_NOT_FIT} may need more memory than a fresh board has`
    : null;
}
