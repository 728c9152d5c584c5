import { ReplDriverError } from '../errors.ts';
import { encodePythonText } from '../python/text.ts';
import type { SessionAccess } from '../session/session.ts';

/** Free bytes of one heap. */
export interface FreeBytes {
  readonly free: number;
  /** The largest block of them in one piece. */
  readonly largest: number;
}

/** What is free on the board after a collection, in bytes. */
export interface HeapRoom extends FreeBytes {
  /** ESP-IDF's heap, from which the TLS library and Wi-Fi allocate; null on a board that does not tell. */
  readonly native: FreeBytes | null;
}

/** Modules are found past the board's files. `mem_info` prints: it looks for the largest block without asking for one. */
const PROGRAM = `
import sys
folders = sys.path[:]
try:
 sys.path[:] = ['.frozen']
 import gc, micropython
 try:
  import esp32
  regions = esp32.idf_heap_info(esp32.HEAP_DATA)
  print('native', sum(each[1] for each in regions), max(each[2] for each in regions))
 except (ImportError, AttributeError):
  pass
 regions = None
finally:
 sys.path[:] = folders
gc.collect()
print('python', gc.mem_free(), 32 if sys.maxsize > 0x7fffffff else 16)
micropython.mem_info()
`;

/** One command for the raw REPL that leaves no name behind. */
const COMMAND = `exec(${encodePythonText(PROGRAM)},{})`;

/**
 * Reads the heap by the plain raw REPL: nothing is put on the board, so that it tells what the agent takes, too.
 *
 * @throws ReplDriverError `PROTOCOL` when the firmware does not tell
 */
export async function readHeapRoom({ repl, agent, deadline }: SessionAccess): Promise<HeapRoom> {
  await agent.clear(deadline);
  const { output, traceback } = await repl.run(COMMAND, deadline);
  const room = parseHeapRoom(output);
  if (room !== null) return room;
  const said = (traceback || output).trim().split('\r\n').at(-1) ?? '';
  throw new ReplDriverError(
    'PROTOCOL',
    `The board does not tell how much of its heap is free (${said}); it needs gc.mem_free and micropython.mem_info.`,
  );
}

/** Null when it is not all there. The largest block is told in blocks; a heap that grows may make one of `max new split`. */
export function parseHeapRoom(output: string): HeapRoom | null {
  const python = /^python (\d+) (\d+)/m.exec(output);
  const blocks = /max free sz: (\d+)/.exec(output);
  if (python === null || blocks === null) return null;
  const native = /^native (\d+) (\d+)/m.exec(output);
  const split = Number(/max new split=(\d+)/.exec(output)?.[1] ?? 0);
  return {
    free: Number(python[1]),
    largest: Math.max(Number(blocks[1]) * Number(python[2]), split),
    native: native === null ? null : { free: Number(native[1]), largest: Number(native[2]) },
  };
}
