import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { MicroPythonError, ReplDriverError } from '../errors.ts';
import { encodeValue } from '../python/encode.ts';
import { parseLiteral } from '../python/parse-literal.ts';
import type { FrameMap } from '../python/raised.ts';
import type { SessionAccess } from '../session/session.ts';
import { feed, Grants } from './feed.ts';
import { outlastReceiver } from './outlast.ts';
import { type BoardPacking, type Packed, pack, windowBitsFor } from './packing.ts';
import { GIVE_UP_MS, INSTALL_AND_ASK } from './receiver.ts';

export interface FileToSend {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Transfers of one session access; the board's end is installed when it is not there. */
export class FileTransfer {
  readonly #access: SessionAccess;
  readonly #mapFrame: FrameMap;
  readonly #onProgress: (doneBytes: number, totalBytes: number) => void;

  constructor(
    access: SessionAccess,
    mapFrame: FrameMap,
    onProgress: (doneBytes: number, totalBytes: number) => void = () => {},
  ) {
    this.#access = access;
    this.#mapFrame = mapFrame;
    this.#onProgress = onProgress;
  }

  /** Files in one stream; equal ones are skipped when all are. Each is renamed into place when its hash is right. */
  async sendFiles(files: readonly FileToSend[]): Promise<void> {
    const all = Buffer.concat(files.map((file) => file.bytes));
    const rows = files.map(({ path, bytes }) => `(${encodeValue(path)},${bytes.length},'${sha256(bytes)}')`);
    await this.#send(all, (packed) => `_ww.p((${rows.join(',')},),${packed.wire.length},${packed.windowBits})`);
  }

  async sendVariable(name: string, bytes: Uint8Array): Promise<void> {
    const head = `_ww.v('${name}',${bytes.length},'${sha256(bytes)}'`;
    await this.#send(bytes, (packed) => `${head},${packed.wire.length},${packed.windowBits})`);
  }

  async receiveFile(path: string): Promise<Uint8Array> {
    const { canPack } = await this.#packing();
    const bits = canPack ? 10 : 0;
    const pieces: Uint8Array[] = [];
    const total = await this.evaluate<number>(`__import__('os').stat(${encodeValue(path)})[6]`);
    let done = 0;
    const onBytes = (bytes: Uint8Array) => {
      pieces.push(bytes);
      done += bytes.length;
      this.#onProgress(Math.min(done, total), total);
    };
    const { payload } = await this.#run('e', `_ww.g(${encodeValue(path)},${bits})`, onBytes);
    const [size, hash] = parseLiteral(payload) as [number, string];
    const bytes = this.#unpacked(Buffer.concat(pieces), bits);
    if (bytes.length !== size || sha256(bytes) !== hash) throw damaged(path, 'its SHA-256 differs');
    this.#onProgress(size, size);
    return new Uint8Array(bytes);
  }

  /** Relative path to `[size, sha256]`, or null for a folder. */
  async tree(folder: string): Promise<Record<string, [number, string] | null>> {
    await this.#packing();
    return await this.evaluate(`_ww.h(${encodeValue(folder)})`);
  }

  async evaluate<T>(expression: string): Promise<T> {
    const { payload } = await this.#run('e', expression);
    return parseLiteral(payload) as T;
  }

  async exec(source: string): Promise<void> {
    await this.#run('x', source);
  }

  #unpacked(bytes: Buffer, bits: number): Buffer {
    try {
      return bits === 0 ? bytes : inflateRawSync(bytes);
    } catch {
      return Buffer.alloc(0);
    }
  }

  async #send(bytes: Uint8Array, call: (packed: Packed) => string): Promise<void> {
    const packing = await this.#packing();
    const packed = pack(bytes, windowBitsFor(packing));
    try {
      await this.#stream(packed, call(packed), bytes.length);
    } catch (error) {
      const outOfMemory = error instanceof MicroPythonError && error.type === 'MemoryError';
      if (!outOfMemory || packed.windowBits === 0) throw error;
      const plain = pack(bytes, 0);
      await this.#stream(plain, call(plain), bytes.length);
    }
  }

  async #stream(packed: Packed, call: string, total: number): Promise<void> {
    const { line, deadline } = this.#access;
    const grants = new Grants();
    const { wire } = packed;
    const running = this.#run('x', call, grants.add);
    running.catch(() => {});
    const onSent = (sent: number) => this.#onProgress(Math.floor((total * sent) / wire.length), total);
    try {
      await feed({ line, bytes: wire, grants, deadline, running, onSent });
      await running;
      this.#onProgress(total, total);
    } catch (error) {
      if (!(error instanceof MicroPythonError)) await this.#silence();
      else if (error.type === 'EOFError')
        throw damaged('What was sent', `the board says: ${String(error.args[0] ?? 'EOFError')}`, error);
      throw error;
    }
  }

  /** The receiver takes every byte for data, Ctrl-C included, until nothing came for a while. */
  async #silence(): Promise<void> {
    const { line, deadline } = this.#access;
    if (line.closeReason) return;
    const came = await line.drain(GIVE_UP_MS + 400, deadline.detached(GIVE_UP_MS + 600));
    if (!came.includes('\x04>')) await outlastReceiver(line, deadline.detached(2 * GIVE_UP_MS)).catch(() => {});
  }

  async #packing(): Promise<BoardPacking> {
    const { agent } = this.#access;
    const known = agent.memory.packing as BoardPacking | undefined;
    if (known) return known;
    const common = { mapFrame: this.#mapFrame, deadline: this.#access.deadline };
    const { payload } = await agent.run({ kind: 'e', source: INSTALL_AND_ASK, ...common });
    const [unpack, canPack, freeHeap] = parseLiteral(payload) as [BoardPacking['unpack'], number, number];
    const packing = { unpack, canPack: canPack === 1, freeHeap };
    agent.memory.packing = packing;
    return packing;
  }

  #run(kind: 'x' | 'e', source: string, onBytes?: (bytes: Uint8Array) => void) {
    const { agent, deadline } = this.#access;
    const prepare = source.startsWith('_ww.') ? () => this.#packing() : undefined;
    return agent.run({ kind, source, mapFrame: this.#mapFrame, deadline, onBytes, prepare });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function damaged(what: string, how: string, cause?: unknown): ReplDriverError {
  return new ReplDriverError(
    'PROTOCOL',
    `${what} arrived damaged (${how}); the line lost or changed bytes, so try again.`,
    { cause },
  );
}
