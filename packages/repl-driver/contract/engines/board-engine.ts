import { parseVirtualBoardUrl, startVirtualBoard } from '@wirewrap/virtual-board';
import { openTransport, type Transport } from '../../src/index.ts';
import type { ReplEngine, ReplEngineSource } from './repl-engine.ts';

const BOARD = {
  interrupt: true,
  rawPaste: true,
  crlf: true,
  reset: true,
  stdin: true,
  binaryOutput: true,
  constantsDropped: true,
} as const;

/** The virtual board's REPL, over its pseudo-terminal. */
export function virtualBoardEngine(url: string): ReplEngineSource {
  return {
    name: `${url}: the virtual board`,
    quietMs: 12,
    async start() {
      const board = await startVirtualBoard(parseVirtualBoardUrl(url));
      try {
        return overTransport(await openTransport(board.path), () => board.close());
      } catch (error) {
        await board.close();
        throw error;
      }
    },
  };
}

/** Real hardware (or an emulator), over any transport of the driver's. */
export function hardwareEngine(url: string): ReplEngineSource {
  return {
    name: `${url}: hardware`,
    quietMs: 60,
    missing: /^(?:emu|labgrid):/.test(url) ? 'needs the URL of its own line, such as tcp://host:port' : undefined,
    start: async () => overTransport(await openTransport(url), async () => {}),
  };
}

function overTransport(transport: Transport, after: () => Promise<void>): ReplEngine {
  return {
    can: BOARD,
    write: (bytes) => transport.write(bytes),
    onData: (listener) => {
      transport.onData(listener);
    },
    async [Symbol.asyncDispose]() {
      await transport.close();
      await after();
    },
  };
}
