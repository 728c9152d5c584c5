import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
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

/** PYTHONPATH with mpremote and pyserial: an installed one, or Debian's packages unpacked into the cache, without root. */
export async function findMpremote(): Promise<string> {
  const installed = await execute('python3', ['-c', 'import mpremote, serial']).then(
    () => true,
    () => false,
  );
  if (installed) return '';
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wirewrap', `mpremote-${SUITE}`);
  const packages = join(cache, 'usr/lib/python3/dist-packages');
  if (!existsSync(packages)) await unpack(cache);
  return packages;
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

/** Runs the cases through mpremote's transport in a Python process of its own. */
export async function runPeer(pythonPath: string, plan: unknown): Promise<PeerResult[]> {
  const script = fileURLToPath(new URL('peer.py', import.meta.url));
  const env = { ...process.env, PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
  child.stdin.end(JSON.stringify(plan));
  let output = '';
  for await (const chunk of child.stdout) output += chunk;
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('close', resolve)));
  if (code !== 0)
    throw new Error(`mpremote's side of the benchmark ended with code ${code}; its message stands above.`);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PeerResult);
}
