import type { VirtualBoardOptions } from '@wirewrap/virtual-board';
import type { BoardKind } from './board-kind.ts';
import { parseVirtualBoardUrl } from './virtual-options.ts';

/** MicroPython's unix port behind a pseudo-terminal; every use starts one. */
export interface VirtualPlace {
  readonly scheme: 'virtual';
  readonly options: VirtualBoardOptions;
}

export const virtualKind: BoardKind<VirtualPlace> = {
  parse: (url) => ({ scheme: 'virtual', options: parseVirtualBoardUrl(url) }),
  label(_place, url) {
    const [, query = ''] = url.split('?');
    return query === '' ? 'virtual' : `virtual ${query}`;
  },
  leaseKey: () => null,
  async start({ options }, { onProgress }) {
    // Imported only when it is asked for: a test of a real board needs no pseudo-terminal.
    const { startVirtualBoard } = await import('@wirewrap/virtual-board');
    const board = await startVirtualBoard({ ...options, ...(onProgress ? { onProgress } : {}) });
    return {
      line: { scheme: 'serial', path: board.path, baudRate: 115_200 },
      powerCycle: () => board.powerCycle(),
      [Symbol.asyncDispose]: () => board.close(),
    };
  },
};
