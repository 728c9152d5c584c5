import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '@wirewrap/conformance';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { buildPackages } from '../build/build-packages.ts';
import { packPackages } from '../build/pack-packages.ts';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';
import { npmProject } from './npm-project.ts';
import { findMpremote } from './repl/mpremote.ts';

/** A program that is started, with what stands before its arguments. */
interface Tool {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

interface Task {
  readonly name: string;
  /** Arguments of either tool; both have the same words. */
  readonly args: readonly string[];
  /** Whether the time ends at the first byte of output instead of at the end. */
  readonly untilOutput?: boolean;
}

interface Row {
  readonly task: string;
  /** As npm installs it: built. */
  readonly oursMs: number;
  /** From this checkout: Node strips the types of each file. */
  readonly sourceMs: number;
  readonly mpremoteMs: number | null;
  /** Ours to mpremote's, below 1 is better for ours. */
  readonly ratio: number | null;
}

const wirewrap = fileURLToPath(new URL('../../packages/cli/bin/wirewrap.mjs', import.meta.url));
const fileCount = 50;

/**
 * `pnpm bench cli [--json FILE] [--runs N] [--baud N]`: the everyday commands beside mpremote's, in turns in one run. The
 * packages are built, packed and installed with npm for it.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    json: { kind: 'output' },
    runs: { kind: 'number', least: 1, most: 50 },
    baud: { kind: 'number', least: 0, most: 20_000_000 },
  });
  const runs = options.number('runs') ?? 5;
  const baudRate = options.number('baud') ?? 115_200;
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bench-cli-'));
  try {
    await using board = await startVirtualBoard({ baudRate });
    const tools = await findTools(board.path, join(folder, 'installed'));
    const rows: Row[] = [];
    for (const task of await makeTasks(folder)) rows.push(await measure(task, tools, runs));
    console.table(
      rows.map(({ task, oursMs, sourceMs, mpremoteMs, ratio }) => ({
        task,
        'wirewrap ms': oursMs.toFixed(0),
        'from source ms': sourceMs.toFixed(0),
        'mpremote ms': mpremoteMs?.toFixed(0) ?? '-',
        ratio: ratio?.toFixed(2) ?? '-',
      })),
    );
    await writeJson(options.text('json'), {
      node: process.version,
      cores: availableParallelism(),
      runs,
      baudRate,
      rows,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findTools(path: string, folder: string): Promise<Tool[]> {
  const packed = await packPackages(await buildPackages(), join(folder, 'tarballs'));
  await npmProject(folder, ['wirewrap', 'vitest@5'], packed);
  const built = join(folder, 'node_modules/wirewrap/bin/wirewrap-built.mjs');
  const ours = [
    { name: 'wirewrap', command: [process.execPath, built], env: { WIREWRAP_BOARD: path } },
    { name: 'source', command: [process.execPath, wirewrap], env: { WIREWRAP_BOARD: path } },
  ];
  const pythonPath = await findMpremote();
  if (pythonPath === null) return ours;
  const env = { PYTHONDONTWRITEBYTECODE: '', ...(pythonPath === '' ? {} : { PYTHONPATH: pythonPath }) };
  return [...ours, { name: 'mpremote', command: ['python3', '-m', 'mpremote', 'connect', path], env }];
}

async function makeTasks(folder: string): Promise<Task[]> {
  const noise = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 2654435761) >>> 24));
  await writeFile(join(folder, 'blob.bin'), noise(65_536));
  await mkdir(join(folder, 'tree'));
  for (let index = 0; index < fileCount; index += 1) {
    await writeFile(join(folder, 'tree', `file${index}.py`), noise(200));
  }
  return [
    { name: 'start to first output', args: ['exec', 'print(1)'], untilOutput: true },
    { name: '64 KiB to the board', args: ['cp', '-f', join(folder, 'blob.bin'), ':blob.bin'] },
    { name: '64 KiB from the board', args: ['cp', ':blob.bin', join(folder, 'back.bin')] },
    { name: `${fileCount} files to the board`, args: ['cp', '-f', '-r', join(folder, 'tree'), ':'] },
    { name: `${fileCount} files, all there already`, args: ['cp', '-r', join(folder, 'tree'), ':'] },
  ];
}

/** The tools take turns, so that what else the machine does hits both. Medians. */
async function measure(task: Task, tools: readonly Tool[], runs: number): Promise<Row> {
  const times = new Map(tools.map(({ name }) => [name, [] as number[]]));
  for (let turn = 0; turn < runs; turn += 1) {
    for (const tool of tools) times.get(tool.name)?.push(await timeOf(task, tool));
  }
  const oursMs = median(times.get('wirewrap') ?? []);
  const sourceMs = median(times.get('source') ?? []);
  const theirs = times.get('mpremote');
  const mpremoteMs = theirs ? median(theirs) : null;
  console.log(`${task.name}: load average ${loadavg()[0]?.toFixed(1)}`);
  return { task: task.name, oursMs, sourceMs, mpremoteMs, ratio: mpremoteMs === null ? null : oursMs / mpremoteMs };
}

async function timeOf({ args, untilOutput }: Task, { command, env, name }: Tool): Promise<number> {
  const [program = '', ...before] = command;
  const startedMs = performance.now();
  const child = spawn(program, [...before, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let firstMs: number | null = null;
  let said = '';
  child.stdout.on('data', () => {
    firstMs ??= performance.now();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${exitCode}: ${said}`);
  return (untilOutput ? (firstMs ?? Number.NaN) : performance.now()) - startedMs;
}
