import { statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '@wirewrap/repl-driver/basics';
import { execa } from 'execa';
import { CliError } from '../errors.ts';
import type { Candidate } from './candidate.ts';

/** Milliseconds for the user's command to build one revision. */
const BUILD_MS = 60 * 60_000;

/** The revisions from `good` to `bad` on the first parents, both included, each with its subject. */
export async function revisionsBetween(repo: string, good: string, bad: string): Promise<readonly Candidate[]> {
  const [from, to] = [await commitOf(repo, good), await commitOf(repo, bad)];
  if (from === to) throw new CliError('BAD_USAGE', `${good} and ${bad} are one revision of ${repo}.`);
  const range = ['log', '--first-parent', '--ancestry-path', '--reverse', '--format=%H %s', `${from}..${to}`];
  const listed = await git(repo, range);
  const lines = [await git(repo, ['log', '-1', '--format=%H %s', from]), ...listed.split('\n')];
  if (listed === '') {
    throw new CliError('BAD_USAGE', `${good} is not before ${bad} in ${repo}; name the older revision first.`);
  }
  return lines.map((line): Candidate => {
    const [hash = '', ...subject] = line.split(' ');
    return { name: `${hash.slice(0, 10)} ${subject.join(' ')}`, source: { kind: 'revision', hash } };
  });
}

async function commitOf(repo: string, revision: string): Promise<string> {
  return await git(repo, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], revision);
}

async function git(repo: string, args: readonly string[], revision?: string): Promise<string> {
  const done = await execa('git', ['-C', repo, ...args], { reject: false, stdin: 'ignore', timeout: 60_000 });
  if (!done.failed) return done.stdout.trim();
  if (done.code === 'ENOENT') throw new CliError('MISSING_TOOL', 'There is no git on PATH; install it for --build.');
  const why = done.stderr.trim().split('\n').at(-1)?.replace(/\.$/, '');
  if (revision !== undefined && !why) {
    throw new CliError('BAD_USAGE', `There is no revision '${revision}' in ${resolve(repo)}; name one that git knows.`);
  }
  throw new CliError('BAD_USAGE', `git does not read ${resolve(repo)}: ${why ?? done.shortMessage}.`);
}

/** How a revision becomes a file. */
export interface Build {
  /** The user's shell command; `{rev}` stands for the revision, and its last line names the file. */
  readonly command: string;
  readonly repo: string;
  /** Where the built files are kept: the next build may write to the same place. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A revision that cannot be built is skipped, as one that does not boot. */
export class BuildFailure extends CliError {
  constructor(message: string) {
    super('HOST', message);
    this.name = 'BuildFailure';
  }
}

/** Builds a revision and keeps a copy of the file that the command names. */
export async function buildRevision(hash: string, { command, repo, folder, signal }: Build): Promise<string> {
  const done = await execa(command.replaceAll('{rev}', hash), {
    shell: true,
    cwd: repo,
    reject: false,
    stdin: 'ignore',
    timeout: BUILD_MS,
    cancelSignal: signal,
    env: { WIREWRAP_REVISION: hash },
  });
  signal.throwIfAborted();
  if (done.failed) {
    const why = done.stderr.trim().split('\n').at(-1) || done.shortMessage;
    throw new BuildFailure(`cannot be built: ${why}`);
  }
  const named = done.stdout.trim().split('\n').at(-1)?.trim() ?? '';
  const file = resolve(repo, named);
  if (named === '' || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const what = named === '' ? 'printed nothing' : `printed '${named}' last, which is no file`;
    throw new CliError('BAD_USAGE', `The build command ${what}; its last line must name the firmware that it made.`);
  }
  const kept = join(folder, `${hash.slice(0, 10)}-${basename(file)}`);
  await makeFolder(dirname(kept));
  await copyFile(file, kept);
  return kept;
}
