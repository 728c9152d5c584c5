import type { EventEmitter } from 'node:events';

/** As much of serialport's `SerialPort` as is looked at: its own declarations are not ours to hand on. */
export interface OpenSerialPort {
  readonly port?: unknown;
}

/**
 * Lets promises go on after an event of an open port. The binding calls JavaScript in a way after which Node from 26.4
 * on runs no promise continuations until something else happens (serialport/bindings-cpp, pull request 239): without this
 * a read takes as long as the next timer, 8 s instead of 0.2 ms. Call it once the port is open.
 *
 * @example port.open(() => wakeAfterEvents(port));
 */
export function wakeAfterEvents({ port }: OpenSerialPort): void {
  // On Windows the binding has no poller.
  const poller = (port as { readonly poller?: EventEmitter } | undefined)?.poller;
  for (const event of ['readable', 'writable']) poller?.on(event, () => setImmediate(() => {}));
}
