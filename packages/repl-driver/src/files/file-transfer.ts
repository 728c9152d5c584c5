import { inflateRawSync } from 'node:zlib';
import { AGENT_FILE, type AgentCall, DEFAULT_FILE } from '../agent/agent.ts';
import type { AgentAnswer } from '../agent/agent-session.ts';
import type { BoardPacking } from '../agent/agent-state.ts';
import { GIVE_UP_MS, nameOnBoard, RECEIVER_PARTS, receiverCall } from '../agent/programs.ts';
import { ignored } from '../debug.ts';
import { MicroPythonError, type TracebackFrame } from '../errors.ts';
import { ResetWatch } from '../line/reset-watch.ts';
import { StallWatch } from '../line/stall-watch.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import type { FrameMap } from '../python/raised.ts';
import { OUTLAST_MS, outlastReceiver, receiverEnded } from '../recovery/outlast.ts';
import type { SessionAccess } from '../session/session.ts';
import { Attempts, DamageError } from './attempts.ts';
import { type BoardTree, parseTree } from './board-tree.ts';
import { feed, Grants } from './feed.ts';
import { type Packed, pack, windowBitsFor } from './packing.ts';
import { pathLiteral, pathTuple } from './path-literal.ts';
import { Progress } from './progress.ts';
import { sha256 } from './sha256.ts';

export interface FileToSend {
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface RunOptions {
  /** Ends the run when the board falls silent. */
  readonly watch?: StallWatch | undefined;
  /** The board may be silent once it began. */
  readonly patient?: boolean;
  readonly onBytes?: (bytes: Uint8Array) => void;
  readonly prepare?: () => Promise<unknown>;
  /** Default: the user's programs'. */
  readonly names?: AgentCall['names'];
  readonly file?: string;
}

/** So many files or paths go in one call: their names must fit into the board's heap. */
export const BATCH = 25;
/** The board was silent, or quiet again, for so long before it is asked for its prompt. */
const PROMPT_MS = 3_000;
const NO_PACKING: BoardPacking = { unpack: '', canPack: false, freeHeap: 0 };
/** In the agent's namespace. */
const OS = `${nameOnBoard('load')}('os')`;
/** A boot's messages are looked for in so many bytes at the end of what was received. */
const TAIL_BYTES = 8_192;

/** Transfers of one session access; the board's end is installed when it is not there. */
export class FileTransfer {
  readonly attempts: Attempts;
  readonly #access: SessionAccess;
  readonly #mapFrame: FrameMap;
  readonly #progress: Progress;

  constructor(access: SessionAccess, mapFrame: FrameMap, progress: Progress = new Progress(0)) {
    const { deadline, closing, repl, agent } = access;
    this.#access = access;
    this.#mapFrame = (frame) => (isOurs(frame) ? null : mapFrame(frame));
    this.#progress = progress;
    const recover = async () => {
      await repl.enter(deadline.within(PROMPT_MS));
      agent.atPrompt();
    };
    this.attempts = new Attempts({ deadline, closing, recover });
  }

  /**
   * Files in one stream; equal ones are skipped when all are. Each is renamed into place when its hash is right, so that
   * after damage `leftOf` may tell which are still to be sent.
   */
  async sendFiles(
    files: readonly FileToSend[],
    leftOf: (files: readonly FileToSend[]) => Promise<readonly FileToSend[]> = async () => files,
  ): Promise<void> {
    const what = files.length === 1 ? (files[0]?.path ?? '') : `A stream of ${files.length} files`;
    await this.attempts.run(what, async (attempt) => {
      const left = attempt === 1 ? files : await leftOf(files);
      if (left.length === 0 && files.length > 0) return;
      const all = Buffer.concat(left.map((file) => file.bytes));
      const rows = left.map(({ path, bytes }) => `(${pathLiteral(path)},${bytes.length},'${sha256(bytes)}')`);
      const settled = bytesOf(files) - all.length;
      const call = (packed: Packed) =>
        receiverCall('receive_files', { files: `(${rows.join(',')},)`, ...wireOf(packed) });
      await this.#send(all, call, settled);
    });
    this.#progress.settle(bytesOf(files));
  }

  async sendVariable(name: string, bytes: Uint8Array): Promise<void> {
    const content = { variable: `'${name}'`, size: bytes.length, sha256: `'${sha256(bytes)}'` };
    const call = (packed: Packed) => receiverCall('receive_variable', { ...content, ...wireOf(packed) });
    await this.attempts.run(name, () => this.#send(bytes, call));
  }

  receiveFile(path: string): Promise<Uint8Array> {
    return this.attempts.run(path, () => this.#watched((watch) => this.#receive(path, watch)));
  }

  /** The tree below a folder; what is mounted in the root is not of it. The board keeps none of it: its heap is small. */
  tree(folder: string): Promise<BoardTree> {
    return this.#watched(async (watch) => {
      const expression = receiverCall('print_tree', pathLiteral(folder));
      const { output, payload } = await this.#call('evaluate', expression, { watch, patient: true });
      if (sha256(Buffer.from(output, 'utf8')) !== parseLiteral(payload)) {
        throw new DamageError('the SHA-256 of a list of files differs');
      }
      return parseTree(output);
    });
  }

  /** Makes folders that are not there yet, with their parents. */
  makeFolders(paths: readonly string[]): Promise<void> {
    return this.#each('make_folders', paths);
  }

  /** Removes files, and folders with all that is in them. */
  removeTrees(paths: readonly string[]): Promise<void> {
    return this.#each('remove_trees', paths);
  }

  /** The value of an expression on `os`, which is the firmware's own, whatever file is called like it. */
  async askOs<T>(expression: string, options: RunOptions = {}): Promise<T> {
    const source = `(lambda os:${expression})(${OS})`;
    const { payload } = await this.#run('evaluate', source, { ...options, names: 'agent' });
    return parseLiteral(payload) as T;
  }

  async #each(action: 'make_folders' | 'remove_trees', paths: readonly string[]): Promise<void> {
    for (let at = 0; at < paths.length; at += BATCH) {
      const call = receiverCall(action, pathTuple(paths.slice(at, at + BATCH)));
      await this.#watched((watch) => this.#call('execute', call, { watch, patient: true }));
    }
  }

  async #receive(path: string, watch: StallWatch): Promise<Uint8Array> {
    const { canPack } = await this.#packing(watch);
    const bits = canPack ? 10 : 0;
    const total = await this.askOs<number>(`os.stat(${pathLiteral(path)})[6]`, {
      watch,
      patient: true,
    });
    this.#progress.total = total;
    const pieces: Uint8Array[] = [];
    let done = 0;
    const onBytes = (bytes: Uint8Array) => {
      pieces.push(bytes);
      done += bytes.length;
      this.#progress.passed(done);
    };
    try {
      const call = receiverCall('send_file', { path: pathLiteral(path), bits });
      const { payload } = await this.#call('evaluate', call, { watch, onBytes });
      const [size, hash] = parseLiteral(payload) as [number, string];
      const bytes = this.#unpacked(Buffer.concat(pieces), bits);
      if (bytes.length !== size || sha256(bytes) !== hash) throw new DamageError('its SHA-256 differs');
      return new Uint8Array(bytes);
    } catch (error) {
      if (watch.stalled) throwIfReset(Buffer.concat(pieces).subarray(-TAIL_BYTES));
      throw error;
    }
  }

  #unpacked(bytes: Buffer, bits: number): Buffer {
    try {
      return bits === 0 ? bytes : inflateRawSync(bytes);
    } catch (error) {
      ignored('unpacking what was received')(error);
      return Buffer.alloc(0);
    }
  }

  async #send(bytes: Uint8Array, call: (packed: Packed) => string, settled = 0): Promise<void> {
    const packing = await this.#watched((watch) => this.#packing(watch));
    const packed = pack(bytes, windowBitsFor(packing));
    const onSent = (sent: number, of: number) =>
      this.#progress.passed(settled + Math.floor((bytes.length * sent) / of));
    try {
      await this.#stream(packed, call(packed), onSent);
    } catch (error) {
      const outOfMemory = error instanceof MicroPythonError && error.type === 'MemoryError';
      if (!outOfMemory || packed.windowBits === 0) throw error;
      const plain = pack(bytes, 0);
      await this.#stream(plain, call(plain), onSent);
    }
  }

  #stream({ wire }: Packed, call: string, onSent: (sent: number, of: number) => void): Promise<void> {
    return this.#watched(async (watch) => {
      const grants = new Grants(watch);
      const running = this.#call('execute', call, { watch, patient: true, onBytes: grants.add });
      running.catch(ignored('the end of a transfer'));
      const common = { line: this.#access.line, deadline: watch.limit, grants, running };
      try {
        await feed({ ...common, bytes: wire, onSent: (sent) => onSent(sent, wire.length) });
        await running;
      } catch (error) {
        // Whatever ended the feeding: nothing else may wait at the line meanwhile.
        watch.cut();
        await running.catch(ignored('the end of a transfer'));
        if (grants.resets.hasReset()) throw grants.resets.error(new Uint8Array(), '');
        if (!(error instanceof MicroPythonError)) await this.#silence(watch);
        throw error;
      }
    });
  }

  /** The receiver takes every byte for data, Ctrl-C included, until nothing came for a while. */
  async #silence({ stalled }: StallWatch): Promise<void> {
    const { line, deadline } = this.#access;
    if (line.closeReason) return;
    const came = stalled ? line.take() : await line.drain(GIVE_UP_MS + 400, deadline.detached(GIVE_UP_MS + 600));
    if (!receiverEnded(came))
      await outlastReceiver(line, deadline.detached(OUTLAST_MS)).catch(ignored('outlasting a receiver'));
  }

  async #packing(watch?: StallWatch): Promise<BoardPacking> {
    const { agent } = this.#access;
    await this.#install(RECEIVER_PARTS.length, watch);
    const { payload } = agent.agent?.receiver?.packing
      ? { payload: null }
      : await this.#run('evaluate', receiverCall('abilities'), {
          watch,
          names: 'agent',
          prepare: () => this.#install(RECEIVER_PARTS.length, watch),
        });
    if (payload !== null) {
      const [unpack, packs, freeHeap] = parseLiteral(payload) as [BoardPacking['unpack'], number, number];
      agent.setReceiver({ parts: RECEIVER_PARTS.length, packing: { unpack, canPack: packs === 1, freeHeap } });
    }
    return agent.agent?.receiver?.packing ?? NO_PACKING;
  }

  /** So many parts of the board's end; all of them again when the agent is a new one. */
  async #install(parts: number, watch?: StallWatch): Promise<void> {
    const { agent } = this.#access;
    const there = () => agent.agent?.receiver?.parts ?? 0;
    for (let part = there(); part < parts; part = there()) {
      const prepare = () => this.#install(part, watch);
      await this.#run('execute', RECEIVER_PARTS[part] ?? '', {
        watch,
        patient: true,
        names: 'agent',
        file: AGENT_FILE,
        prepare,
      });
      agent.setReceiver({ parts: part + 1, packing: null });
    }
  }

  async #watched<T>(task: (watch: StallWatch) => Promise<T>): Promise<T> {
    const watch = new StallWatch(this.#access.line, this.#access.deadline, this.attempts.number);
    try {
      return await task(watch);
    } finally {
      watch.stop();
    }
  }

  /** A function of the board's end, which is installed before it. */
  #call(kind: AgentCall['kind'], source: string, options: RunOptions): Promise<AgentAnswer> {
    return this.#run(kind, source, { ...options, names: 'agent', prepare: () => this.#packing(options.watch) });
  }

  async #run(kind: AgentCall['kind'], source: string, options: RunOptions): Promise<AgentAnswer> {
    const { watch, patient = false, ...rest } = options;
    const { agent, deadline } = this.#access;
    const onBegin = () => {
      if (watch) watch.patient = patient;
    };
    const common = { mapFrame: this.#mapFrame, deadline: watch?.limit ?? deadline, onBegin };
    return await agent.run({ kind, source, ...rest, ...common });
  }
}

/** The expression that was sent for a call. */
function isOurs({ file, name }: TracebackFrame): boolean {
  return file === DEFAULT_FILE && (name === '<module>' || name === '<lambda>');
}

/** How the bytes come, for the receiver. */
function wireOf({ wire, windowBits }: Packed): { readonly wire: number; readonly bits: number } {
  return { wire: wire.length, bits: windowBits };
}

function bytesOf(files: readonly FileToSend[]): number {
  return files.reduce((sum, file) => sum + file.bytes.length, 0);
}

/** Boot messages at the end of a download that fell silent. */
function throwIfReset(tail: Uint8Array): void {
  const watch = new ResetWatch();
  watch.add(tail);
  const signs = watch.signs();
  if (signs === 'certain' || signs === 'rebooting') throw watch.error(new Uint8Array(), '');
}
