import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Board } from '@wirewrap/repl-driver';
import { ignored } from '../../debug.ts';
import { FLASH_MS } from '../board-case-files.ts';

/** The board's folder that holds modules for one case; it is removed afterwards. */
const FOLDER = '/wirewrap_lib';

/** What a program of the board's imports. */
export type ModuleName = 'requests' | 'mip' | 'umqtt.simple' | 'umqtt.robust' | 'aiohttp' | 'microdot' | 'ntptime';

interface ModuleFile {
  /** Below the board's folder. */
  readonly path: string;
  /** Where micropython-lib, or the library's own repository, has it. Null: only ours needs it. */
  readonly upstream: string | null;
  /** Whether ours has it as well. Default true. */
  readonly ours?: false;
}

interface ModuleFiles {
  readonly files: readonly ModuleFile[];
  /** Modules that it imports. */
  readonly with?: readonly ModuleName[];
}

const one = (path: string, upstream: string): readonly ModuleFile[] => [{ path, upstream }];

const MODULES: Readonly<Record<ModuleName, ModuleFiles>> = {
  requests: { files: one('requests.py', 'python-ecosys/requests/requests/__init__.py') },
  mip: { files: one('mip.py', 'micropython/mip/mip/__init__.py'), with: ['requests'] },
  'umqtt.simple': {
    files: [
      { path: 'umqtt/__init__.py', upstream: null },
      { path: 'umqtt/simple.py', upstream: 'micropython/umqtt.simple/umqtt/simple.py' },
    ],
  },
  'umqtt.robust': {
    files: one('umqtt/robust.py', 'micropython/umqtt.robust/umqtt/robust.py'),
    with: ['umqtt.simple'],
  },
  aiohttp: {
    files: [
      { path: 'aiohttp/__init__.py', upstream: 'python-ecosys/aiohttp/aiohttp/__init__.py' },
      { path: 'aiohttp/aiohttp_ws.py', upstream: 'python-ecosys/aiohttp/aiohttp/aiohttp_ws.py', ours: false },
    ],
  },
  microdot: { files: one('microdot.py', 'src/microdot/microdot.py') },
  ntptime: { files: one('ntptime.py', 'micropython/net/ntptime/ntptime.py') },
};

/** Folders with the real libraries, by `WIREWRAP_MICROPYTHON_LIB`: a checkout of micropython-lib, and of microdot. */
function givenFolders(): readonly string[] {
  return (process.env.WIREWRAP_MICROPYTHON_LIB ?? '').split(delimiter).filter((folder) => folder !== '');
}

function givenFile(upstream: string | null): string | null {
  if (upstream === null) return null;
  const folder = givenFolders().find((each) => existsSync(join(each, upstream)));
  return folder === undefined ? null : readFileSync(join(folder, upstream), 'utf8');
}

const ourFile = (path: string): string => readFileSync(new URL(`./modules/${path}`, import.meta.url), 'utf8');

/** Whose code it is that is asked, where the firmware has none of its own. */
export type Source = 'given' | 'ours';

interface BoardFile {
  readonly path: string;
  readonly text: string;
}

function filesOf(name: ModuleName): { readonly source: Source; readonly files: readonly BoardFile[] } {
  const { files, with: others = [] } = MODULES[name];
  const isGiven = files.every(({ upstream }) => upstream === null || givenFile(upstream) !== null);
  const own = isGiven
    ? files.map(({ path, upstream }) => ({ path, text: givenFile(upstream) ?? '' }))
    : files.filter(({ ours = true }) => ours).map(({ path }) => ({ path, text: ourFile(path) }));
  return { source: isGiven ? 'given' : 'ours', files: [...others.flatMap((other) => filesOf(other).files), ...own] };
}

/** The names under which Python keeps modules once they were imported. */
export function importedNames(name: ModuleName): readonly string[] {
  return filesOf(name).files.map(({ path }) =>
    path
      .replace(/\.py$/, '')
      .replace(/\/__init__$/, '')
      .replaceAll('/', '.'),
  );
}

/** Writes a library's modules, and those that it imports, into the board's folder. */
export async function putLibrary(board: Board, name: ModuleName): Promise<Source> {
  const { source, files } = filesOf(name);
  await board.files.sync(FOLDER, Object.fromEntries(files.map(({ path, text }) => [path, text])), {
    deadlineMs: FLASH_MS,
  });
  return source;
}

/** Removes the folder and what is in it. */
export async function removeLibraries(board: Board): Promise<void> {
  const leaving = ignored(`removing ${FOLDER}`);
  await board.files.sync(FOLDER, {}, { deadlineMs: FLASH_MS }).catch(leaving);
  await board.files.remove(FOLDER, { deadlineMs: FLASH_MS }).catch(leaving);
}
