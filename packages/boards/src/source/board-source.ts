import { startEmulatorSource } from './emulator-source.ts';
import { acquireLabgridSource } from './labgrid-source.ts';

/** A board that is there: started, acquired, or simply named. Disposing it gives it back. */
export interface BoardSource extends AsyncDisposable {
  /** What `openBoard` opens. */
  readonly url: string;
  /** Settings (`WIREWRAP_…`) that hold for this board unless the user set them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Switches the board off and on. */
  readonly powerCycle?: () => Promise<void>;
}

export interface BoardSourceOptions {
  readonly signal?: AbortSignal;
  /** Told what is done before the board is there, a line at a time. */
  readonly onProgress?: (message: string) => void;
}

type StartSource = (url: string, options: BoardSourceOptions) => Promise<BoardSource>;

/** Boards that have to be started or acquired before they can be opened, by the scheme of their URL. */
const sources: Readonly<Record<string, StartSource>> = {
  virtual: startVirtual,
  labgrid: acquireLabgridSource,
  emu: startEmulatorSource,
};

/** Makes the board of a URL available: `virtual…` is started, `labgrid:` acquired, `emu:` started, others pass through. */
export async function startBoardSource(url: string, options: BoardSourceOptions = {}): Promise<BoardSource> {
  const scheme = /^[a-z][a-z0-9+.-]*/.exec(url)?.[0] ?? '';
  const start = sources[scheme];
  return start ? await start(url, options) : { url, [Symbol.asyncDispose]: async () => {} };
}

/** Imported only when it is asked for: who tests a real board needs no pseudo-terminal. */
async function startVirtual(url: string, { onProgress }: BoardSourceOptions): Promise<BoardSource> {
  const { parseVirtualBoardUrl, startVirtualBoard } = await import('@wirewrap/virtual-board');
  const board = await startVirtualBoard({ ...parseVirtualBoardUrl(url), ...(onProgress ? { onProgress } : {}) });
  return {
    url: board.path,
    powerCycle: () => board.powerCycle(),
    [Symbol.asyncDispose]: () => board.close(),
  };
}
