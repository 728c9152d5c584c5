import { startVirtualBoard, type VirtualBoardOptions } from '@wirewrap/virtual-board';
import { type LineSettings, openTransport, type Transport } from '../../src/index.ts';
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
export function virtualBoardEngine(options: VirtualBoardOptions = {}): ReplEngineSource {
  return {
    name: `the virtual board ${JSON.stringify(options)}`,
    quietMs: 12,
    async start() {
      const board = await startVirtualBoard(options);
      try {
        return overTransport(await openTransport(board.path), () => board.close());
      } catch (error) {
        await board.close();
        throw error;
      }
    },
  };
}

/** Real hardware (or an emulator), over any line of the driver's. */
export function hardwareEngine(name: string, line: string | LineSettings): ReplEngineSource {
  return {
    name: `${name}: hardware`,
    quietMs: 60,
    start: async () => overTransport(await openTransport(line), async () => {}),
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
