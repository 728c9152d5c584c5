import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Mutant, PythonChange } from './mutant.ts';
import { shimSource } from './shim.ts';

const execute = promisify(execFile);
const firmware = fileURLToPath(new URL('../../../packages/virtual-board/firmware/', import.meta.url));
const compileMs = 60_000;

/** A MicroPython with one thing changed, as an executable, until it is disposed. */
export interface MutatedBoard extends AsyncDisposable {
  readonly executable: string;
  /** How many interpreters the change took effect in. */
  hits(): Promise<number>;
}

/**
 * Makes the executable of a mutant: a script that starts the real one with a shim before the TLS library, or with another
 * `ssl.py`. Without a mutant the firmware is as it is.
 *
 * @param engine the real interpreter
 * @throws Error when the text that is to be replaced is not there, or the compiler refuses the shim
 */
export async function mutatedBoard(engine: string, mutant: Mutant | null): Promise<MutatedBoard> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-mutant-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const marks = join(folder, 'marks');
    await writeFile(marks, '');
    const lines = ['#!/bin/sh', `export WIREWRAP_MUTANT_MARKS='${marks}'`];
    if (mutant !== null) lines.push(...(await changeLines(folder, mutant)));
    const executable = join(folder, 'micropython');
    await writeFile(executable, [...lines, `exec '${engine}' "$@"`, ''].join('\n'));
    await chmod(executable, 0o755);
    const hits = async (): Promise<number> => (await readFile(marks)).length;
    return { executable, hits, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function changeLines(folder: string, { name, change }: Mutant): Promise<string[]> {
  if ('c' in change) return [`export LD_PRELOAD='${await compiled(folder, name, change.c)}'`];
  const other = join(folder, 'firmware/');
  await cp(firmware, other, { recursive: true });
  const file = join(other, 'ssl.py');
  await writeFile(
    file,
    mutated(await readFile(file, 'utf8'), [change].flat() as PythonChange[], name, join(folder, 'marks')),
  );
  // The board-side programs get the folder of the frozen modules in their configuration.
  return [
    `export MICROPYPATH='${other}'`,
    `WIREWRAP_CONFIG=$(printf '%s' "$WIREWRAP_CONFIG" | sed 's#"firmware":"[^"]*"#"firmware":"${other}"#')`,
    'export WIREWRAP_CONFIG',
  ];
}

/** Says once an interpreter that the change was reached, into a file that is open before the board hides the host's. */
const HIT = `
def _hit(_marks=open("MARKS", "a"), _done=[]):
    if not _done:
        _done.append(1)
        _marks.write("x")
        _marks.flush()
`;

/** Where a change does not say by itself that it was reached, using the module is taken for it. */
const USED = '_hit()\n';

/** @throws Error when one of the texts is not there exactly once */
export function mutated(source: string, changes: readonly PythonChange[], name: string, marks: string): string {
  let text = source;
  for (const { old, new: other } of changes) {
    if (text.split(old).length !== 2) {
      throw new Error(`mutant ${name}: ssl.py does not hold this exactly once: ${JSON.stringify(old)}`);
    }
    text = text.replace(old, () => other);
  }
  const hit = HIT.replace('MARKS', () => marks);
  return `${hit}${changes.some((change) => change.new.includes('_hit()')) ? '' : USED}${text}`;
}

async function compiled(folder: string, name: string, c: string): Promise<string> {
  const [source, object] = [join(folder, 'shim.c'), join(folder, 'shim.so')];
  await writeFile(source, shimSource(c));
  const options = ['-shared', '-fPIC', '-O1', '-w', '-o', object, source, '-ldl'];
  try {
    await execute(process.env.CC ?? 'cc', options, { timeout: compileMs });
    return object;
  } catch (cause) {
    const { stderr } = cause as { stderr?: string };
    throw new Error(`mutant ${name}: the shim does not compile: ${stderr || (cause as Error).message}`, { cause });
  }
}
