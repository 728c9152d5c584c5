import type { Board, BoardFiles, CallOptions, EvaluateOptions, ExecOptions, ResetKind } from '@wirewrap/repl-driver';

/** A board whose calls end with the signal that holds when they are made: nothing of a test outlives it. */
export function boundBoard(board: Board, signalNow: () => AbortSignal | undefined): Board {
  const bound = <T extends CallOptions>(options: T | undefined): T => boundOptions(options, signalNow());
  return {
    get url() {
      return board.url;
    },
    exec: (code, options) => board.exec(code, bound(options)),
    evaluate: <T>(expression: Parameters<Board['evaluate']>[0], options?: EvaluateOptions<T>) =>
      board.evaluate<T>(expression, bound(options)),
    call: <T>(callable: string, args?: readonly unknown[], options?: EvaluateOptions<T>) =>
      board.call<T>(callable, args, bound(options)),
    stream: (code, options?: ExecOptions) => board.stream(code, bound(options)),
    files: boundFiles(board.files, bound),
    reset: (kind?: ResetKind, options?: CallOptions) => board.reset(kind, bound(options)),
    identity: (options) => board.identity(bound(options)),
    heap: (options) => board.heap(bound(options)),
    onTraffic: (listener) => board.onTraffic(listener),
    close: () => board.close(),
    [Symbol.asyncDispose]: () => board[Symbol.asyncDispose](),
  };
}

type Bound = <T extends CallOptions>(options: T | undefined) => T;

function boundFiles(files: BoardFiles, bound: Bound): BoardFiles {
  return {
    write: (path, content, options) => files.write(path, content, bound(options)),
    read: (path, options) => files.read(path, bound(options)),
    list: (path, options) => files.list(path, bound(options)),
    stat: (path, options) => files.stat(path, bound(options)),
    remove: (path, options) => files.remove(path, bound(options)),
    mkdir: (path, options) => files.mkdir(path, bound(options)),
    rename: (from, to, options) => files.rename(from, to, bound(options)),
    sync: (folder, content, options) => files.sync(folder, content, bound(options)),
    upload: (variable, bytes, options) => files.upload(variable, bytes, bound(options)),
  };
}

function boundOptions<T extends CallOptions>(options: T | undefined, signal: AbortSignal | undefined): T {
  // What is no object is for the driver to refuse, in its own words.
  if (!signal || (options !== undefined && (typeof options !== 'object' || options === null))) return options as T;
  const own = options?.signal;
  return { ...options, signal: own instanceof AbortSignal ? AbortSignal.any([own, signal]) : (own ?? signal) } as T;
}
