import { ReplaySession } from '../record/replay-session.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { type BoardUrl, formatBoardUrl, parseBoardUrl } from '../transport/board-url.ts';
import { openChild } from '../transport/child-transport.ts';
import { openRfc2217 } from '../transport/rfc2217-transport.ts';
import { openSerial } from '../transport/serial-transport.ts';
import { openTcp } from '../transport/tcp-transport.ts';
import type { Transport } from '../transport/transport.ts';

export interface OpenTransportOptions {
  /** Milliseconds until opening fails. Default 10,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Opens the byte stream that a board URL names, or a board URL that was taken apart already. Fails with `BAD_URL`, `NO_SUCH_PORT`, `NO_PERMISSION`, `PORT_BUSY`,
 * `DEADLINE` or `ABORTED`.
 */
export async function openTransport(line: string | BoardUrl, options: OpenTransportOptions = {}): Promise<Transport> {
  const target = typeof line === 'object' && line !== null ? line : parseBoardUrl(line);
  const url = typeof line === 'string' ? line : formatBoardUrl(target);
  const clock = options.clock ?? systemClock;
  const deadline = new Deadline(options.deadlineMs ?? 10_000, { clock, signal: options.signal });
  switch (target.scheme) {
    case 'serial':
      return await openSerial(url, target.path, target.baudRate, deadline);
    case 'tcp':
      return await openTcp(url, target.host, target.port, deadline);
    case 'rfc2217':
      return await openRfc2217(url, target, deadline);
    case 'exec':
      return await openChild(url, target.command, target.args, deadline);
    case 'replay':
      return new ReplaySession(target.path).connect(url, { clock });
  }
}
