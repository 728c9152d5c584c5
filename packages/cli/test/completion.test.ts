import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../src/commands.ts';
import { wirewrapHere } from './in-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-completion-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How each shell is asked what it would complete after `wirewrap WORDS`, a line each. */
const asking = {
  bash: (words: readonly string[]) =>
    `COMP_WORDS=(wirewrap ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _wirewrap; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // The functions of zsh's completion system print what they are given.
  zsh: (words: readonly string[]) =>
    `_describe() { print -l -- \${(P)2} }; _arguments() { print -l -- "$@" }; words=(wirewrap ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _wirewrap`,
  fish: (words: readonly string[]) => `complete -C 'wirewrap ${words.join(' ')}'`,
} as const;

const before = { bash: '', zsh: 'compdef() { : }; ', fish: '' } as const;
const shells = Object.keys(asking) as (keyof typeof asking)[];
const installed = new Map(
  await Promise.all(
    shells.map(async (shell) => [shell, !(await execa(shell, ['-c', 'true'], { reject: false })).failed] as const),
  ),
);

for (const shell of shells) {
  test.skipIf(!installed.get(shell))(`${shell} completes commands and options`, async () => {
    const { stdout: script, exitCode } = await wirewrapHere(['completion', shell]);
    expect(exitCode).toBe(0);
    const file = join(folder, `completion.${shell}`);
    await writeFile(file, `${script}\n`);
    const ask = async (...words: string[]) => {
      const { stdout, stderr } = await execa(shell, ['-c', `${before[shell]}. ${file}; ${asking[shell](words)}`]);
      expect(stderr).toBe('');
      return stdout.split('\n').map((line) => line.split(/[\t:[]/)[0]);
    };
    const names = await ask('');
    for (const name of Object.keys(commands)) expect(names).toContain(name);
    for (const [name, load] of Object.entries(commands)) {
      const options = (await ask(name, '--')).map((word) => word?.replace(/=$/, ''));
      for (const option of Object.keys((await load()).options)) expect(options, name).toContain(`--${option}`);
    }
  });
}

test.for([[[]], [['tcsh']], [['bash', 'zsh']]] as const)(
  'completion %j is one sentence, exit code 2',
  async ([args]) => {
    expect(await wirewrapHere(['completion', ...args])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'wirewrap: Name one shell: wirewrap completion bash, zsh or fish.',
    });
  },
);
