import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeNew } from '@wirewrap/repl-driver/basics';

/** One file that `wirewrap init` may write. */
interface StarterFile {
  readonly path: string;
  readonly template: string;
  /** Files of the same purpose: where the project has one of them, this one is not written. */
  readonly unless?: RegExp;
  /** What to do by hand where the project has one already. */
  readonly byHand: string;
}

const STARTER_FILES: readonly StarterFile[] = [
  {
    path: 'package.json',
    template: 'package.json.template',
    byHand: 'have the dev dependencies @wirewrap/matchers, wirewrap and vitest in it',
  },
  {
    path: 'vitest.config.ts',
    template: 'vitest.config.ts.template',
    unless: /^vite(st)?\.config\.[cm]?[jt]s$/,
    byHand: "add `plugins: [wirewrap()]` to it (import { wirewrap } from 'wirewrap/vitest')",
  },
  {
    path: 'wirewrap.config.ts',
    template: 'wirewrap.config.ts.template',
    byHand: 'name your boards in it (see `wirewrap boards`)',
  },
  { path: 'test/tls.test.ts', template: 'tls.test.ts.template', byHand: 'nothing' },
  {
    path: '.gitignore',
    template: 'gitignore.template',
    byHand: 'have results/, certs/ and wifi.local.json in it',
  },
];

const NIGHTLY: StarterFile = {
  path: '.github/workflows/nightly.yml',
  template: 'nightly.yml.template',
  byHand: 'run `npx wirewrap nightly` in it',
};

const PULL_REQUEST: StarterFile = {
  path: '.github/workflows/pull-request.yml',
  template: 'pull-request.yml.template',
  byHand: 'run `npx wirewrap nightly` in it, for a commit that somebody asked for',
};

export interface InitOptions {
  readonly folder: string;
  /** The version of the packages, for package.json. */
  readonly version: string;
  /** Whether the nightly workflow is written too. */
  readonly workflow: boolean;
  /** Whether the workflow for pull requests is written too. */
  readonly pullRequest: boolean;
}

export interface InitResult {
  /** Paths of the files that were written, relative to the folder. */
  readonly written: readonly string[];
  /** Files that were there already and stay as they are, with what to do by hand. */
  readonly kept: readonly { readonly path: string; readonly byHand: string }[];
}

/** Writes the files of a new project. A file that is there already is never touched. */
export async function initProject({ folder, version, workflow, pullRequest }: InitOptions): Promise<InitResult> {
  await makeFolder(folder);
  const present = await readdir(folder);
  const written: string[] = [];
  const kept: { path: string; byHand: string }[] = [];
  const files = [...STARTER_FILES, ...(workflow ? [NIGHTLY] : []), ...(pullRequest ? [PULL_REQUEST] : [])];
  for (const file of files) {
    const other = file.unless && present.find((name) => file.unless?.test(name));
    const text = await readFile(new URL(`./templates/${file.template}`, import.meta.url), 'utf8');
    if (!other && (await writeNew(join(folder, file.path), text.replaceAll('VERSION', version))))
      written.push(file.path);
    else kept.push({ path: other ?? file.path, byHand: file.byHand });
  }
  return { written, kept };
}
