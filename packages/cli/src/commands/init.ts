import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';

/** `wirewrap init`: what a project needs to run board tests. */
export const initCommand: Command = {
  name: 'init',
  summary: 'Set up a project: vitest configuration, a first test, wirewrap.config.ts.',
  positionals: '[FOLDER]',
  options: {
    workflow: { type: 'boolean', description: 'Write the nightly workflow for GitHub too.' },
    'pull-request': {
      type: 'boolean',
      description: 'Write the workflow that runs a commit of a pull request on the board when a comment asks for it.',
    },
  },
  notes: [
    'FOLDER is this folder unless another is named. A file that is there already is never overwritten.',
    'Example: wirewrap init tls-tests --workflow --pull-request',
    'Exit code: 0 done, 2 bad input.',
  ],
  async run({ values, positionals, stdout }) {
    const { initProject } = await import('../init/init-project.ts');
    if (positionals.length > 1) throw new CliError('BAD_USAGE', '`wirewrap init` takes one folder.');
    const folder = resolve(positionals[0] ?? '.');
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    const { written, kept } = await initProject({
      folder,
      version: manifest.version,
      workflow: values.workflow === true,
      pullRequest: values['pull-request'] === true,
    }).catch((cause: NodeJS.ErrnoException) => {
      throw new CliError('BAD_USAGE', `${folder} cannot be written (${cause.code}): name another folder.`, { cause });
    });
    for (const path of written) stdout.write(`wrote ${path}\n`);
    for (const { path, byHand } of kept) stdout.write(`kept  ${path}: ${byHand}\n`);
    if (written.some((path) => path.endsWith('/pull-request.yml'))) {
      stdout.write('\nRead at its head what the runner must not be given: it runs the code of pull requests.\n');
    }
    const change = relative(process.cwd(), folder);
    stdout.write(`\nNext: ${change === '' ? '' : `cd ${change} && `}npm install && npx wirewrap test\n`);
    return 0;
  },
};
