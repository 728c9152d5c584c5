import type { Board } from '@wirewrap/repl-driver';
import { CliError } from '../../errors.ts';
import type { TypedPath } from '../board-path.ts';
import { boardEnd } from './board-end.ts';
import type { CopyEnd, CopyEnds } from './copy-end.ts';
import type { CopyProgress } from './copy-progress.ts';
import { hostEnd } from './host-end.ts';

export interface CopyOptions {
  readonly recursive: boolean;
  /** Sends files again that are the same already. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly progress: CopyProgress;
}

/** One file of a copy. */
interface FileToCopy {
  readonly source: CopyEnd;
  readonly from: string;
  readonly to: string;
}

/** What a copy will do: the folders to make, outer ones first, then the files. */
interface CopyPlan {
  readonly folders: readonly string[];
  readonly files: readonly FileToCopy[];
}

/** Files whose content waits in memory while the board is asked which of them it has. */
const BATCH_SIZE = 32;

/** Copies files and folders between this computer and the board. Everything is looked at before the first byte is written. */
export async function copyFiles(
  board: Board,
  sources: readonly TypedPath[],
  to: TypedPath,
  options: CopyOptions,
): Promise<void> {
  const ends: CopyEnds = { host: hostEnd, board: boardEnd(board, options.signal) };
  const target = ends[to.on];
  const into = await isIntoFolder(target, sources, to);
  const plans: CopyPlan[] = [];
  for (const source of sources) plans.push(await planOne(ends[source.on], source.path, target, to.path, into, options));
  const files = plans.flatMap((plan) => plan.files);
  for (const folder of plans.flatMap((plan) => plan.folders)) {
    const there = await target.kindOf(folder);
    if (there === 'file')
      throw new CliError('BAD_FILE', `${target.shown(folder)} is a file, and a folder is to go there.`);
    if (there === null) await target.mkdir(folder);
  }
  options.progress.start(files.length);
  for (let at = 0; at < files.length; at += BATCH_SIZE)
    await copyBatch(target, files.slice(at, at + BATCH_SIZE), options);
  options.progress.end();
}

/** Whether what is copied goes into the folder at `to`, under its own name. */
async function isIntoFolder(target: CopyEnd, sources: readonly TypedPath[], to: TypedPath): Promise<boolean> {
  const kind = await target.kindOf(to.path);
  if (kind === 'directory') return true;
  const shown = target.shown(to.path);
  if (sources.length > 1)
    throw new CliError('BAD_USAGE', `${shown} is no folder, and several things cannot get one name.`);
  if (to.folder && kind !== null) throw new CliError('BAD_USAGE', `${shown} is a file, not a folder.`);
  if (to.folder) throw new CliError('BAD_USAGE', `There is no folder ${shown}; make it first.`);
  return false;
}

async function planOne(
  source: CopyEnd,
  from: string,
  target: CopyEnd,
  to: string,
  into: boolean,
  { recursive }: CopyOptions,
): Promise<CopyPlan> {
  const kind = await source.kindOf(from);
  if (kind === null) throw new CliError('BAD_FILE', `There is no file or folder ${source.shown(from)}.`);
  const name = source.nameOf(from);
  const top = into && name !== '' ? target.join(to, name) : to;
  if (kind === 'file') return { folders: [], files: [{ source, from, to: top }] };
  if (!recursive) throw new CliError('BAD_USAGE', `${source.shown(from)} is a folder; add -r to copy it.`);
  const below = await source.walk(from);
  const there = (path: string): string => target.join(top, path.slice(from.length).replace(/^\/+/, ''));
  return {
    folders: [...(top === to && into ? [] : [top]), ...below.filter(isFolder).map(({ path }) => there(path))],
    files: below.filter((entry) => !isFolder(entry)).map(({ path }) => ({ source, from: path, to: there(path) })),
  };
}

function isFolder({ kind }: { readonly kind: string }): boolean {
  return kind === 'directory';
}

async function copyBatch(target: CopyEnd, files: readonly FileToCopy[], options: CopyOptions): Promise<void> {
  const { force, signal, progress } = options;
  // What comes from the board is read one by one: it is slow, and shown as it comes.
  const local = files.every(({ source }) => source === hostEnd);
  const contents = local ? await Promise.all(files.map(({ source, from }) => source.read(from, {}))) : null;
  const same =
    force || !contents
      ? new Set<string>()
      : await target.same(files.map(({ to }, index) => ({ path: to, content: contents[index] as Uint8Array })));
  for (const [index, { source, from, to }] of files.entries()) {
    signal.throwIfAborted();
    if (same.has(to)) {
      progress.skip(target.shown(to));
      continue;
    }
    const shown = `${source.shown(from)} ${target.shown(to)}`;
    const onProgress = (done: number, total: number) => progress.show(shown, done, total);
    progress.show(shown, 0, 1);
    const content = contents?.[index] ?? (await source.read(from, { onProgress }));
    await target.write(to, content, { onProgress });
    progress.copied(shown, content.length);
  }
}
