import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackages } from '../build/build-packages.ts';
import { type PackedPackage, packPackages } from '../build/pack-packages.ts';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';
import { npmProject } from './npm-project.ts';

const execute = promisify(execFile);

interface Installed {
  readonly what: string;
  readonly packages: number;
  /** Bytes on disk, divided by 1,048,576. */
  readonly mebibytes: number;
}

/** What a user types for a test harness of this kind. */
const npmPeers = [{ what: '@playwright/test', packages: ['@playwright/test'] }] as const;
const pipPeers = [
  { what: 'pytest-embedded with serial and esp', packages: ['pytest-embedded', 'pytest-embedded-serial-esp'] },
] as const;

/** What a user installs of ours, and what is imported to see how long a start takes. */
const ours = [
  { what: '@wirewrap/matchers with vitest', packages: ['@wirewrap/matchers', 'vitest@5'] },
  { what: '@wirewrap/matchers, wirewrap, vitest', packages: ['@wirewrap/matchers', 'wirewrap', 'vitest@5'] },
  { what: 'vitest alone', packages: ['vitest@5'] },
  { what: '@wirewrap/repl-driver', packages: ['@wirewrap/repl-driver'] },
  { what: '@wirewrap/certgen', packages: ['@wirewrap/certgen'] },
] as const;

const importRuns = 21;

/** `pnpm bench install [--json FILE]`: what installing our packages brings, and how long importing the driver takes. */
export async function run(args: readonly string[]): Promise<void> {
  const json = (await readOptions(args, { json: { kind: 'output' } })).text('json');
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bench-'));
  try {
    const packed = await packPackages(await buildPackages(), join(folder, 'tarballs'));
    const installs: Installed[] = [];
    for (const [index, { what, packages }] of [...ours, ...npmPeers].entries()) {
      installs.push(await installWithNpm(join(folder, `npm-${index}`), what, packages, packed));
    }
    for (const [index, { what, packages }] of pipPeers.entries()) {
      installs.push(await installWithPip(join(folder, `pip-${index}`), what, packages));
    }
    const start = await measureImport(join(folder, 'npm-1'));
    const tarballs = await Promise.all(
      packed.map(async ({ name, tarball }) => ({ name, kibibytes: round((await stat(tarball)).size / 1024) })),
    );
    const report = { node: process.version, tarballs, installs, start };
    print(report);
    await writeJson(json, report);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installWithNpm(
  folder: string,
  what: string,
  packages: readonly string[],
  packed: readonly PackedPackage[],
): Promise<Installed> {
  await npmProject(folder, packages, packed);
  const tree = JSON.parse((await execute('npm', ['ls', '--all', '--json'], { cwd: folder })).stdout);
  return { what, packages: countNpm(tree), mebibytes: await sizeOf(join(folder, 'node_modules')) };
}

interface NpmTree {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, NpmTree>>;
}

/** Different packages of a tree, by name and version. */
function countNpm(tree: NpmTree, seen: Set<string> = new Set()): number {
  for (const [name, each] of Object.entries(tree.dependencies ?? {})) {
    if (each.version === undefined) continue;
    seen.add(`${name}@${each.version}`);
    countNpm(each, seen);
  }
  return seen.size;
}

async function installWithPip(folder: string, what: string, packages: readonly string[]): Promise<Installed> {
  const site = join(folder, 'site');
  await execute('python3', ['-m', 'pip', 'install', '--quiet', '--target', site, ...packages]);
  const distributions = (await readdir(site)).filter((name) => name.endsWith('.dist-info'));
  return { what, packages: distributions.length, mebibytes: await sizeOf(site) };
}

async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await execute('du', ['--summarize', '--block-size=1', '--apparent-size', folder]);
  return round(Number(stdout.split('\t')[0]) / 1024 / 1024);
}

/** Medians in milliseconds, in a process of its own each time, and whether that loads serialport. */
async function measureImport(folder: string) {
  const program = [
    'const before = performance.now();',
    "await import('@wirewrap/repl-driver');",
    'const ms = performance.now() - before;',
    "const { createRequire } = await import('node:module');",
    "const loaded = Object.keys(createRequire(import.meta.url).cache ?? {}).some((path) => path.includes('serialport'));",
    'console.log(JSON.stringify({ ms, loaded }));',
  ].join('\n');
  await writeFile(join(folder, 'start.mjs'), program);
  const runs: { readonly ms: number; readonly loaded: boolean }[] = [];
  for (let turn = 0; turn < importRuns; turn += 1) {
    const { stdout } = await execute(process.execPath, ['start.mjs'], { cwd: folder });
    runs.push(JSON.parse(stdout));
  }
  const times = runs.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return {
    runs: importRuns,
    fastestMs: round(times[0] ?? 0),
    medianMs: round(times[Math.floor(times.length / 2)] ?? 0),
    loadsSerialport: runs.some(({ loaded }) => loaded),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

interface Report {
  readonly tarballs: readonly { readonly name: string; readonly kibibytes: number }[];
  readonly installs: readonly Installed[];
  readonly start: Awaited<ReturnType<typeof measureImport>>;
}

function print({ tarballs, installs, start }: Report): void {
  for (const { name, kibibytes } of tarballs)
    console.log(`${name.padEnd(40)} ${kibibytes.toFixed(1).padStart(8)} KiB packed`);
  console.log('');
  for (const { what, packages, mebibytes } of installs) {
    console.log(`${what.padEnd(40)} ${String(packages).padStart(4)} packages ${mebibytes.toFixed(1).padStart(8)} MiB`);
  }
  const serial = start.loadsSerialport ? 'loads serialport' : 'without loading serialport';
  console.log(
    `\nimport('@wirewrap/repl-driver'): median ${start.medianMs} ms, fastest ${start.fastestMs} ms, ${serial}`,
  );
}
