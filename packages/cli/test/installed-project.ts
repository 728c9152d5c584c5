import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { PackedPackage } from '../../../scripts/build/pack-packages.ts';
import { workspaceRoot } from '../src/repository.ts';
import { cleanEnvironment } from './wirewrap.ts';

export type PackageManager = 'npm' | 'pnpm';

/** What a user has beside our packages. */
const companions = { vitest: '^5.1.1', typescript: '^7.0.2', '@types/node': '^24.0.0' } as const;

/** A project outside the workspace in which packages were installed from their tarballs. */
export class InstalledProject implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(
    manager: PackageManager,
    packed: readonly PackedPackage[],
    wanted: readonly string[] = packed.map(({ name }) => name),
    others: Readonly<Record<string, string>> = companions,
  ): Promise<InstalledProject> {
    const project = new InstalledProject(await mkdtemp(join(tmpdir(), `wirewrap-${manager}-`)));
    const files = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
    const devDependencies = { ...others, ...Object.fromEntries(wanted.map((name) => [name, files[name]])) };
    await project.write(
      'package.json',
      JSON.stringify({
        private: true,
        type: 'module',
        devDependencies,
        overrides: manager === 'npm' ? overridesFor(files, wanted) : undefined,
      }),
    );
    if (manager === 'pnpm') await project.write('pnpm-workspace.yaml', pnpmSettings(files));
    const command = manager === 'npm' ? ['install', '--no-audit', '--no-fund'] : ['install', '--no-frozen-lockfile'];
    await execa(manager, command, {
      cwd: project.folder,
      env: cleanEnvironment({ CI: '1' }),
      extendEnv: false,
      all: true,
    });
    return project;
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  /** Runs `node ARGS` in the project, and whatever that starts with the same Node. Never throws for an exit code. */
  run(node: string, ...args: readonly string[]) {
    return execa(node, args, {
      cwd: this.folder,
      env: cleanEnvironment({
        PATH: `${dirname(node)}:${process.env.PATH}`,
        WIREWRAP_RESULTS: '',
        WIREWRAP_FAILURES: '',
      }),
      extendEnv: false,
      reject: false,
      all: true,
      stdin: 'ignore',
      timeout: 120_000,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** npm takes what the project itself asks for from there; what it does not ask for must be named. */
function overridesFor(files: Readonly<Record<string, string>>, wanted: readonly string[]) {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !wanted.includes(name)));
}

/** Our packages are in no registry: wherever one asks for another, it is the tarball. */
function pnpmSettings(files: Readonly<Record<string, string>>): string {
  const overrides = Object.entries(files).map(([name, file]) => `  '${name}': '${file}'`);
  return ['overrides:', ...overrides, 'allowBuilds:', "  '@serialport/bindings-cpp': true", '  esbuild: true', ''].join(
    '\n',
  );
}

/** The path of a Node of this version, fetched by npx where it is not there. */
export async function nodeOfVersion(version: string): Promise<string> {
  const { stdout } = await execa('npx', ['--yes', '-p', `node@${version}`, '-c', 'command -v node'], {
    cwd: tmpdir(),
    env: cleanEnvironment(),
    extendEnv: false,
  });
  return stdout.trim();
}

/** The first block of code in a package's README that is written in `language`. */
export async function readmeSnippet(folder: string, language: string): Promise<string> {
  const text = await readFile(join(workspaceRoot, 'packages', folder, 'README.md'), 'utf8');
  const [, snippet] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? [];
  if (snippet === undefined) throw new Error(`packages/${folder}/README.md has no ${language} block.`);
  return snippet;
}
