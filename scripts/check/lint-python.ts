import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ruff from '@astral-sh/ruff-wasm-nodejs';
import { GIVEN_IN_FOLDER, type PythonProgram, SPECIAL_PROGRAMS } from './python-programs.ts';

/** pyflakes, bugbear, the errors of pycodestyle and pylint. Length and order of lines are not what this is for. */
const SELECT = ['F', 'B', 'E7', 'E9', 'W', 'PLE'];

/** Rules that are wrong on MicroPython, each with why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  B006: 'a default that is made once is how a function keeps something without a global',
  B008: 'the same',
  B904: 'MicroPython keeps no cause of an exception',
};

/** What ruff finds in the Python of the packages and scripts, a line each. */
export function lintPython(repository: string): string[] {
  const special = new Set(SPECIAL_PROGRAMS.flatMap(({ files }) => files));
  const single = pythonFiles(repository).filter((file) => !special.has(file));
  const programs: PythonProgram[] = [...SPECIAL_PROGRAMS, ...single.map((file) => ({ files: [file] }))];
  return programs.flatMap((program) =>
    lintProgram(
      program,
      program.files.map((file) => readFileSync(join(repository, file), 'utf8')),
    ),
  );
}

/** `sources` are the texts of the program's files. */
export function lintProgram({ files, given = [], ignored = {} }: PythonProgram, sources: readonly string[]): string[] {
  const inFolder = Object.entries(GIVEN_IN_FOLDER).flatMap(([folder, names]) =>
    files.some((file) => file.startsWith(folder)) ? names : [],
  );
  const options = {
    // The syntax that MicroPython 1.18 has: Python 3.4 with f-strings and more of 3.5 to 3.8.
    'target-version': 'py38',
    builtins: [...given, ...inFolder],
    lint: { select: SELECT, ignore: [...Object.keys(NOT_HERE), ...Object.keys(ignored)] },
  };
  const workspace = new ruff.Workspace(options, ruff.PositionEncoding.Utf16);
  try {
    const found: { code: string | null; message: string; start_location: { row: number } }[] = workspace.check(
      sources.map((source) => `${source.trimEnd()}\n`).join(''),
    );
    return found.map(
      ({ code, message, start_location: { row } }) =>
        `${placeOf(files, sources, row)}: ${code ?? 'syntax'} ${message}.`,
    );
  } finally {
    workspace.free();
  }
}

/** File and line of a row of the joined text. */
function placeOf(files: readonly string[], sources: readonly string[], row: number): string {
  let before = 0;
  for (const [index, source] of sources.entries()) {
    const lines = source.trimEnd().split('\n').length;
    if (row <= before + lines) return `${files[index]}:${row - before}`;
    before += lines;
  }
  return files.at(-1) ?? '';
}

function pythonFiles(repository: string): string[] {
  return ['packages', 'scripts'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.py') && !/(^|\/)(?:node_modules|dist|results|\.[^/]+)\//.test(file))
      .map((file) => `${folder}/${file}`),
  );
}
