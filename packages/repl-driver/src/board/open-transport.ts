import { type Clock, systemClock } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { formatLine, type LineSettings, parseLine } from '../transport/line-settings.ts';
import type { Transport } from '../transport/transport.ts';

/** How long opening a line may take. */
export interface OpenTransportOptions {
  /** Milliseconds until opening fails. Default 10,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Opens the byte stream of a board URL, or of a line that `parseLine` gave. Fails with `BAD_URL`, `NO_SUCH_PORT`, `NO_PERMISSION`, `PORT_BUSY`,
 * `DEADLINE` or `ABORTED`.
 *
 * @example const transport = await openTransport('tcp://127.0.0.1:5555', { deadlineMs: 5_000 });
 */
export async function openTransport(
  line: string | LineSettings,
  options: OpenTransportOptions = {},
): Promise<Transport> {
  const target = typeof line === 'object' && line !== null ? line : parseLine(line);
  const url = typeof line === 'string' ? line : formatLine(target);
  const clock = options.clock ?? systemClock;
  const deadline = new Deadline(options.deadlineMs ?? 10_000, { clock, signal: options.signal });
  // Each transport is loaded when a board asks for it: together they are half of what the driver takes to start.
  switch (target.scheme) {
    case 'serial':
      return await (await import('../transport/serial-transport.ts')).openSerial(
        url,
        target.path,
        target.baudRate,
        deadline,
      );
    case 'tcp':
      return await (await import('../transport/tcp-transport.ts')).openTcp(url, target.host, target.port, deadline);
    case 'rfc2217':
      return await (await import('../transport/rfc2217-transport.ts')).openRfc2217(url, target, deadline);
    case 'ws':
      return await (await import('../transport/websocket-transport.ts')).openWebRepl(url, target, deadline);
    case 'exec':
      return await (await import('../transport/child-transport.ts')).openChild(
        url,
        target.command,
        target.args,
        deadline,
      );
    case 'replay':
      return new (await import('../record/replay-session.ts')).ReplaySession(target.path).connect(url, { clock });
  }
}
