/**
 * What every package above the driver needs and no driver: loaded by itself it costs nothing. `certgen` and `virtual-board`
 * stand on nothing of ours, and have what they need of it themselves.
 */
export { type DebugLog, debugLog } from './debug-log.ts';
export { makeFolder } from './make-folder.ts';
export { type Clock, systemClock } from './time/clock.ts';
export { type HostClock, hostClock } from './time/host-clock.ts';
export { type RetryOptions, retry } from './time/retry.ts';
export { type WriteWholeOptions, writeNew, writeWhole } from './write-whole.ts';
