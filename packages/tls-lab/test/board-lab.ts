import { fileURLToPath } from 'node:url';
import { createPki, type Pki } from '@wirewrap/certgen';
import { type Board, openBoard } from '@wirewrap/repl-driver';
import { BoardNetwork, createTlsLab, networkSettings, type TlsLab } from '@wirewrap/tls-lab';
import { provisionMicroPython, startVirtualBoard, type VirtualBoardOptions } from '@wirewrap/virtual-board';

/** Why there is no MicroPython on this machine; null when there is one. */
export const noMicroPython = await provisionMicroPython().then(
  () => null,
  (error: Error) => error.message,
);

/** Completes the name of a suite that needs a MicroPython, so that a skipped run says why. */
export const onVirtualBoard = noMicroPython === null ? 'on the virtual board' : `(skipped: ${noMicroPython})`;

/** The one cache of the workspace. */
export const cacheFolder = fileURLToPath(new URL('../../../certs', import.meta.url));

export interface BoardLab extends AsyncDisposable {
  readonly board: Board;
  readonly lab: TlsLab;
  readonly pki: Pki;
}

export async function openLab(options: VirtualBoardOptions = {}): Promise<BoardLab> {
  const stack = new AsyncDisposableStack();
  const device = stack.use(await startVirtualBoard(options));
  const board = stack.use(await openBoard(device.path, { powerCycle: () => device.powerCycle() }));
  const pki = createPki({ cacheFolder });
  const lab = stack.use(createTlsLab({ board, network: new BoardNetwork(networkSettings({})), pki }));
  return { board, lab, pki, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
