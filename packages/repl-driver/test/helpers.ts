import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import {
  type Board,
  type OpenBoardOptions,
  openBoard,
  openTransport,
  type RecoveryEvent,
  type Transport,
} from '../src/index.ts';

export interface Bench extends AsyncDisposable {
  readonly virtual: VirtualBoard;
  readonly board: Board;
  readonly recoveries: RecoveryEvent[];
}

/** A virtual board and a session with it. */
export async function openBench(
  options: Parameters<typeof startVirtualBoard>[0] = {},
  open: OpenBoardOptions = {},
): Promise<Bench> {
  const virtual = await startVirtualBoard(options);
  const recoveries: RecoveryEvent[] = [];
  try {
    const board = await openBoard(virtual.path, { onRecovery: (event) => recoveries.push(event), ...open });
    return {
      virtual,
      board,
      recoveries,
      async [Symbol.asyncDispose]() {
        await board.close();
        await virtual.close();
      },
    };
  } catch (error) {
    await virtual.close();
    throw error;
  }
}

/** Opens the virtual board's line with its EN pin wired to RTS, as on a real board (a pseudo-terminal has no modem lines). */
export function withResetLine(virtual: VirtualBoard): NonNullable<OpenBoardOptions['open']> {
  return async (url, options) => {
    const inner = await openTransport(url, options);
    return wired(inner, virtual);
  };
}

function wired(inner: Transport, virtual: VirtualBoard): Transport {
  const setSignals = async ({ dtr, rts }: { dtr: boolean; rts: boolean }) => {
    if (!dtr && rts) await virtual.runReset();
  };
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'setSignals') return setSignals;
      if (name === 'hasSignals') return true;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
