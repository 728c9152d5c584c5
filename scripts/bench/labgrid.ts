import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LabgridLab, labgridMissing, needsLabgrid, startLabgrid } from '../../packages/boards/test/labgrid-lab.ts';
import { seeded } from '../../packages/repl-driver/test/chaos-line.ts';
import { readOptions, UsageError } from '../options.ts';
import { writeJson } from '../write-json.ts';

const KILLED_RUN = join(import.meta.dirname, '../../packages/boards/test/labgrid-killed-run.ts');
/** Milliseconds that a run holds its place before it gives it back. */
const HOLD_MS = 1_000;
/** What is left of a killed run may still take a place: nobody looks before that. */
const SETTLE_MS = 4_000;
/** Milliseconds that the guard of a killed run has to give its place back: it tries for ten minutes. */
const GUARD_MS = 660_000;
/** By name and by tags, in turn: the second makes a reservation. */
const BOARDS = ['labgrid:desk', 'labgrid:?board=esp32'];

/** What the killed run had said last. */
type Phase = 'begun' | 'held' | 'releasing' | 'released';

interface Kill {
  readonly board: string;
  readonly afterMs: number;
  readonly phase: Phase;
  /** Seconds from the kill until no place was locked; null: never, for eleven minutes. */
  readonly freeAfterSeconds: number | null;
}

/**
 * `pnpm bench labgrid [--kills N] [--seed N] [--json FILE]`: how many places of labgrid's real coordinator and exporter stay
 * locked when the runs that take, hold and give back a place are killed (SIGKILL, the whole process group) at random moments.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    kills: { kind: 'number', least: 1, most: 1000 },
    seed: { kind: 'number', least: 0, most: 2 ** 31 },
    json: { kind: 'output' },
  });
  if (labgridMissing) throw new UsageError(`${needsLabgrid}.`);
  const kills = options.number('kills') ?? 50;
  const random = seeded(options.number('seed') ?? 1);
  const port = { host: '127.0.0.1', port: 9, protocol: 'raw' };
  await using lab = await startLabgrid({ desk: { NetworkSerialPort: port } }, { desk: { board: 'esp32' } });
  const spans: number[] = [];
  for (const board of BOARDS) spans.push(await wholeRun(lab, board));
  console.log(`A run that is left alone takes ${spans.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', by tags ')}.`);
  const rows: Kill[] = [];
  for (let number = 0; number < kills; number++) {
    const board = BOARDS[number % BOARDS.length] ?? '';
    const afterMs = Math.round(random() * (spans[number % BOARDS.length] ?? 0));
    const kill = await killedRun(lab, board, afterMs);
    rows.push(kill);
    const free = kill.freeAfterSeconds === null ? 'STILL LOCKED' : `free after ${kill.freeAfterSeconds} s`;
    console.log(`${number + 1}. ${board}, killed after ${afterMs} ms (${kill.phase}): ${free}`);
    if (kill.freeAfterSeconds === null) await lab.client('-p', 'desk', 'release', '--kick').catch(() => {});
  }
  await sleep(SETTLE_MS);
  const late = await left(lab);
  const locked = rows.filter((row) => row.freeAfterSeconds === null).length + late.length;
  const phases = Map.groupBy(rows, ({ phase }) => phase);
  console.table(
    [...phases].map(([phase, all]) => ({
      'killed when it had': phase,
      kills: all.length,
      'left locked': all.filter((row) => row.freeAfterSeconds === null).length,
      'free after, at most (s)': Math.max(...all.map((row) => row.freeAfterSeconds ?? Number.POSITIVE_INFINITY)),
    })),
  );
  console.log(`${locked} places left locked after ${kills} SIGKILLs at random moments.`);
  await writeJson(options.text('json'), { kills, locked, rows });
  if (locked > 0) process.exitCode = 1;
}

function startRun(lab: LabgridLab, board: string): ChildProcess {
  const env = { ...process.env, ...lab.env };
  return spawn(process.execPath, [KILLED_RUN, board, String(HOLD_MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env,
  });
}

/** Milliseconds from its first word to its end. */
async function wholeRun(lab: LabgridLab, board: string, now = () => performance.now()): Promise<number> {
  const child = startRun(lab, board);
  const exited = once(child, 'exit');
  await saidFirst(child);
  const begunMs = now();
  const [code] = await exited;
  if (code !== 0) throw new Error(`a run on ${board} that nobody killed ended with ${code}`);
  return now() - begunMs;
}

async function saidFirst(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data');
}

async function killedRun(
  lab: LabgridLab,
  board: string,
  afterMs: number,
  now = () => performance.now(),
): Promise<Kill> {
  const child = startRun(lab, board);
  const exited = once(child, 'exit');
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await saidFirst(child);
  await Promise.race([sleep(afterMs), exited]);
  const phase = (['released', 'releasing', 'held'] as const).find((word) => said.includes(word)) ?? 'begun';
  if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
  const killedMs = now();
  await exited;
  await sleep(SETTLE_MS);
  while (now() - killedMs < GUARD_MS) {
    if ((await left(lab)).length === 0)
      return { board, afterMs, phase, freeAfterSeconds: Math.round((now() - killedMs) / 100) / 10 };
  }
  return { board, afterMs, phase, freeAfterSeconds: null };
}

/** Places that are locked. A reservation that nobody asks for expires after a minute by itself. */
async function left(lab: LabgridLab): Promise<readonly string[]> {
  return await lab.locked();
}
