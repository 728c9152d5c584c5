import { MicroPythonError } from '../errors.ts';
import type { CallOptions } from '../line/call-options.ts';
import type { FrameMap } from '../python/raised.ts';
import type { Session } from '../session/session.ts';
import type { BoardFiles, FileStat, TransferOptions } from './board-files.ts';
import { bytesOf, contentOf, type FileContent } from './content.ts';
import { BATCH, FileTransfer } from './file-transfer.ts';
import { checkPath, pathLiteral } from './path-literal.ts';
import { filesToSync, planSync } from './plan-sync.ts';
import { Progress } from './progress.ts';
import { checkVariable } from './variable-name.ts';

/** Least speed that a transfer's default deadline allows for: 1 KiB/s, after 30 s of grace. */
const GRACE_MS = 30_000;
const DIRECTORY = 0x4000;
/** What a file of a sync takes beside its bytes: its folder's entry, erased blocks of flash, hashes. */
const FILE_MS = 500;

/** The board's file system over its session. */
export class ReplFiles implements BoardFiles {
  readonly #session: Session;
  readonly #mapFrame: FrameMap;

  constructor(session: Session, mapFrame: FrameMap) {
    this.#session = session;
    this.#mapFrame = mapFrame;
  }

  async write(path: string, content: FileContent, options: TransferOptions = {}): Promise<void> {
    checkPath(path);
    const bytes = contentOf(content, `The content of ${path}`);
    await this.#transfer(`writing ${path}`, { total: bytes.length }, options, (transfer) =>
      transfer.sendFiles([{ path, bytes }]),
    );
  }

  async read(path: string, options: TransferOptions = {}): Promise<Uint8Array> {
    checkPath(path);
    return await this.#transfer(`reading ${path}`, { total: 1 << 20 }, options, (transfer) =>
      transfer.receiveFile(path),
    );
  }

  async upload(variable: string, content: Uint8Array, options: TransferOptions = {}): Promise<void> {
    checkVariable(variable);
    const bytes = bytesOf(content, `The content of ${variable}`);
    await this.#transfer(`the upload of ${variable}`, { total: bytes.length }, options, (transfer) =>
      transfer.sendVariable(variable, bytes),
    );
  }

  async list(path = '/', options: CallOptions = {}): Promise<FileStat[]> {
    const entries = await this.#evaluate<[string, number, number, number?][]>(
      `listing ${path}`,
      `[e for e in os.ilistdir(${pathLiteral(path)})]`,
      options,
    );
    const folder = path === '' || path.endsWith('/') ? path : `${path}/`;
    const stats = entries.map(async ([name, type, , size]) => {
      const full = folder === './' ? name : folder + name;
      if (type !== DIRECTORY && size === undefined) return this.stat(full, options);
      return fileStat(full, type, size ?? 0);
    });
    return (await Promise.all(stats)).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async stat(path: string, options: CallOptions = {}): Promise<FileStat> {
    const [mode, size] = await this.#evaluate<[number, number]>(
      `asking for ${path}`,
      `(lambda s:(s[0],s[6]))(os.stat(${pathLiteral(path)}))`,
      options,
    );
    return fileStat(path, mode & 0xf000, size);
  }

  async remove(path: string, options: CallOptions = {}): Promise<void> {
    const name = pathLiteral(path);
    const expression = `os.rmdir(${name}) if os.stat(${name})[0]&${DIRECTORY} else os.remove(${name})`;
    await this.#evaluate(`removing ${path}`, expression, options);
  }

  async mkdir(path: string, options: CallOptions = {}): Promise<void> {
    await this.#evaluate(`making ${path}`, `os.mkdir(${pathLiteral(path)})`, options);
  }

  async rename(from: string, to: string, options: CallOptions = {}): Promise<void> {
    const expression = `os.rename(${pathLiteral(from)},${pathLiteral(to)})`;
    await this.#evaluate(`renaming ${from} to ${to}`, expression, options);
  }

  async sync(
    folder: string,
    files: Readonly<Record<string, FileContent>>,
    options: TransferOptions = {},
  ): Promise<void> {
    checkPath(folder);
    const base = folder === '' ? '.' : folder.replace(/\/+$/, '');
    const wanted = filesToSync(files);
    const total = [...wanted.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const extraMs = wanted.size * FILE_MS;
    await this.#transfer(`the sync of ${folder}`, { total, extraMs }, options, async (transfer, progress) => {
      const plan = async () => planSync(base, wanted, await transfer.tree(base));
      const { send } = await transfer.attempts.run(folder, async () => {
        await transfer.makeFolders([base]);
        const found = await plan();
        await transfer.removeTrees(found.remove);
        await transfer.makeFolders(found.mkdir);
        return found;
      });
      progress.settle(total - send.reduce((sum, file) => sum + file.bytes.length, 0));
      for (let at = 0; at < send.length; at += BATCH) {
        await transfer.sendFiles(send.slice(at, at + BATCH), async (batch) => {
          const paths = new Set(batch.map(({ path }) => path));
          return (await plan()).send.filter(({ path }) => paths.has(path));
        });
      }
    });
  }

  async #evaluate<T>(what: string, expression: string, options: CallOptions): Promise<T> {
    const deadline = this.#session.deadline(options);
    return await this.#session.call(what, deadline, (access) =>
      told(what, () => new FileTransfer(access, this.#mapFrame).askOs<T>(expression)),
    );
  }

  async #transfer<T>(
    what: string,
    { total, extraMs = 0 }: { total: number; extraMs?: number },
    options: TransferOptions,
    task: (transfer: FileTransfer, progress: Progress) => Promise<T>,
  ): Promise<T> {
    const progress = new Progress(total, options.onProgress);
    const deadline = this.#session.deadline(options, GRACE_MS + total + extraMs);
    let transfer: FileTransfer | null = null;
    try {
      const result = await this.#session.call(what, deadline, (access) => {
        const own = new FileTransfer(access, this.#mapFrame, progress);
        transfer = own;
        return told(what, () => task(own, progress));
      });
      await this.#session.explained(() => progress.finish());
      return result;
    } catch (error) {
      throw transfer ? (transfer as FileTransfer).attempts.explained(error) : error;
    }
  }
}

/** An exception of the board's says what was being done: none of the caller's lines raised it. */
async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MicroPythonError)) throw error;
    throw new MicroPythonError({ ...error, message: `${error.message} (${what})` });
  }
}

function fileStat(path: string, type: number, size: number): FileStat {
  return type === DIRECTORY ? { path, kind: 'directory', size: 0 } : { path, kind: 'file', size };
}
