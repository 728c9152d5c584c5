import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageSources } from '../../../packages/virtual-board/src/provision/apt-sources.ts';

const execute = promisify(execFile);

/** mpremote is packaged from forky on; pyserial is plain Python and comes with it. */
const SUITE = 'forky';
const PACKAGES = ['micropython-mpremote', 'python3-serial'];

export interface PeerResult {
  readonly case: string;
  readonly seconds: number;
  /** Bytes on the line, both directions. */
  readonly wire: number;
  readonly times?: readonly number[];
}

/**
 * PYTHONPATH with mpremote and pyserial: an installed one, or Debian's packages unpacked into the cache, without root. Null
 * where neither can be had (no Python, no Debian, no network), which is printed.
 */
export async function findMpremote(): Promise<string | null> {
  const installed = await execute('python3', ['-c', 'import mpremote, serial']).then(
    () => true,
    () => false,
  );
  if (installed) return '';
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wirewrap', `mpremote-${SUITE}`);
  const packages = join(cache, 'usr/lib/python3/dist-packages');
  if (existsSync(packages)) return packages;
  try {
    await unpack(cache);
    return packages;
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    console.error(
      `bench: mpremote is not installed and cannot be fetched (${said || 'apt has no source of it'}), so what follows is ours alone; install ${PACKAGES.join(' and ')}.`,
    );
    return null;
  }
}

async function unpack(cache: string): Promise<void> {
  const work = `${cache}.${process.pid}`;
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'empty', 'root']) {
    await mkdir(join(work, name), { recursive: true });
  }
  const [source] = await packageSources(SUITE);
  await writeFile(join(work, 'sources.list'), `${source?.line}\n`);
  await writeFile(join(work, 'status'), '');
  const settings = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'empty'),
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
  };
  const config = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  try {
    await execute('apt-get', [...config, '-q', 'update'], { timeout: 180_000 });
    await execute('apt-get', [...config, '-q', 'download', ...PACKAGES], { cwd: work, timeout: 180_000 });
    for (const file of (await readdir(work)).filter((name) => name.endsWith('.deb'))) {
      await execute('dpkg', ['-x', join(work, file), join(work, 'root')]);
    }
    await rename(join(work, 'root'), cache);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** mpremote's transport in a Python process of its own, one case after the other. */
export class Mpremote implements AsyncDisposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  /** `pythonPath` is what `findMpremote` told; `baud` 0 stands for a line without limit. */
  constructor(pythonPath: string, port: { readonly path: string; readonly baud: number }) {
    const script = fileURLToPath(new URL('peer.py', import.meta.url));
    const env = { ...process.env, PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: '1' };
    this.#child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#child.stdin.on('error', () => {});
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stdin.write(`${JSON.stringify(port)}\n`);
  }

  async run(benchCase: unknown): Promise<PeerResult> {
    this.#child.stdin.write(`${JSON.stringify(benchCase)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("mpremote's side of the benchmark ended early; its message is above.");
    return JSON.parse(value) as PeerResult;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin.end();
    await ended;
  }
}
