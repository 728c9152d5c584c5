import type { VirtualBoard } from '@wirewrap/virtual-board';
import { type ModemSignals, type OpenLine, openTransport, ReplDriverError, type Transport } from '../src/index.ts';

/** A virtual board's line with RTS wired to its EN pin, that can fall silent, break and stay away. */
export interface UnsteadyLine {
  /** Nothing passes in either direction, as when the board is dead. */
  mute: boolean;
  /** The port cannot be opened. */
  away: boolean;
  /** Holds up what sets the modem lines. */
  beforeSignals: () => Promise<void>;
  /** What happens when RTS resets the board, beside the reset. */
  onReset: () => void;
  /** Modem lines as they were set. */
  readonly signals: ModemSignals[];
  /** How often the port was opened. */
  opened: number;
  /** The connection ends, as a USB device's that resets. */
  readonly cut: () => Promise<void>;
  readonly open: OpenLine;
}

export function unsteadyLine(virtual: VirtualBoard): UnsteadyLine {
  let current: Transport | null = null;
  const line: UnsteadyLine = {
    mute: false,
    away: false,
    beforeSignals: async () => {},
    onReset: () => {},
    signals: [],
    opened: 0,
    async cut() {
      await current?.close();
    },
    async open(url, options) {
      if (line.away) throw new ReplDriverError('NO_SUCH_PORT', `There is no ${url} at the moment.`);
      const inner = await openTransport(url, options);
      current = inner;
      line.opened++;
      let gone = false;
      void inner.closed.then(() => {
        gone = true;
      });
      return {
        url: inner.url,
        closed: inner.closed,
        hasSignals: true,
        onData: (listener) =>
          inner.onData((chunk) => {
            if (!line.mute) listener(chunk);
          }),
        write: (bytes) => (line.mute ? Promise.resolve() : inner.write(bytes)),
        async setSignals(signals) {
          if (gone) throw new Error('Port is not open');
          await line.beforeSignals();
          line.signals.push(signals);
          if (signals.dtr || !signals.rts) return;
          await virtual.runReset();
          line.onReset();
        },
        close: () => inner.close(),
        [Symbol.asyncDispose]: () => inner.close(),
      };
    },
  };
  return line;
}
