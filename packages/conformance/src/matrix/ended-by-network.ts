/**
 * Faults that end a connection by a TCP RST. Whether the board meets that or the end of the stream may be for the network
 * between to decide: an emulator's does so in one run and not in another.
 */
export const ENDED_BY_NETWORK: readonly string[] = [
  'rst-at-connect',
  'rst-before-hello',
  'rst-in-hello',
  'rst-in-certificate',
  'rst-before-finished',
  'rst-after-finished',
  'rst-in-data',
  'rst-instead-of-close-notify',
  'server/rst-at-connect',
  'server/rst-before-hello',
  'server/rst-in-hello',
  'server/rst-before-finished',
  'server/rst-after-finished',
  'server/rst-in-data',
  'server/rst-instead-of-close-notify',
];

/** Of such a fault that ended in two ways: good or bad of the firmware it is not. */
export const EITHER_END = 'either end';
