import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Board, openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { readOptions, UsageError } from '../options.ts';
import { writeJson } from '../write-json.ts';
import { BareLine } from './repl/bare-line.ts';
import { type BenchCase, type BenchFile, benchCases, type ExecCase, type TransferCase } from './repl/cases.ts';
import { findMpremote, Mpremote } from './repl/mpremote.ts';

interface Row {
  readonly case: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly unit: 'KiB/s' | 'ms';
  /** Ours to the peer's, above 1 is better for ours. */
  readonly ratio: number | null;
  /** Payload against what the line carries one way; of a round trip: the line's own to ours. Null on a line without limit. */
  readonly lineShare: number | null;
  /** Bytes on the line, both ways, per byte of payload (of a round trip: bytes). */
  readonly wire: number;
  readonly peerWire: number | null;
}

interface Measured {
  readonly seconds: number;
  readonly wire: number;
  readonly times?: readonly number[];
}

const BAUD_RATES = [115_200, 0];
const LATENCIES_MS = [0, 1, 16];
/** Round trips of the bare line, ours and the peer's alternate in blocks, so that what else the machine does hits all three. */
const BLOCK_ROUNDS = 50;
/** What a board's ring holds unread, less a few bytes. */
const IN_FLIGHT_BYTES = 256;

/** `pnpm bench repl [--json FILE] [--baud N] [--latency MS] [--only TEXT]`: the driver beside mpremote on the virtual board. */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    json: { kind: 'output' },
    baud: { kind: 'number', least: 0, most: 20_000_000 },
    latency: { kind: 'number', least: 0, most: 10_000 },
    only: { kind: 'text' },
  });
  const only = (list: readonly number[], wanted: number | undefined) => (wanted === undefined ? list : [wanted]);
  const latencies = only(LATENCIES_MS, options.number('latency'));
  const text = options.text('only') ?? '';
  for (const latencyMs of latencies) chosen(benchCases(latencyMs), text);
  const pythonPath = await findMpremote();
  const rows: Row[] = [];
  const file = options.text('json');
  console.log(
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, node ${process.version}, ${new Date().toISOString()}`,
  );
  for (const baudRate of only(BAUD_RATES, options.number('baud'))) {
    for (const latencyMs of latencies) {
      const line = `${baudRate || 'unlimited'} baud, ${latencyMs} ms`;
      console.log(`${line}: ${ceiling(baudRate, latencyMs)}; load average ${loadavg()[0]?.toFixed(1)}`);
      const wanted = chosen(benchCases(latencyMs), text);
      await using rig = await openRig(baudRate, latencyMs, pythonPath);
      for (const item of wanted) {
        const fresh = rowsOf(item, line, baudRate, await measure(rig, item));
        print(fresh);
        rows.push(...fresh);
      }
      await writeJson(file, rows);
    }
  }
}

/** The cases whose names hold the text, and the uploads of what they download. */
function chosen(cases: readonly BenchCase[], text: string): BenchCase[] {
  const named = cases.filter(({ name }) => name.includes(text));
  if (named.length === 0) {
    const names = cases.map(({ name }) => `'${name}'`).join(', ');
    throw new UsageError(`--only=${text} is in no case's name; they are ${names}.`);
  }
  const needed = new Set(named.flatMap((item) => (item.kind === 'download' ? [item.file.path] : [])));
  return cases.filter(
    (item) => named.includes(item) || (item.kind === 'upload' && item.files.some(({ path }) => needed.has(path))),
  );
}

/** What nobody passes: 256 bytes go out unread, the next when the grant for the first half is back. */
function ceiling(baudRate: number, latencyMs: number): string {
  const byteMs = baudRate === 0 ? 0 : 10_000 / baudRate;
  const cycleMs = Math.max(IN_FLIGHT_BYTES * byteMs, 2 * latencyMs + (IN_FLIGHT_BYTES / 2 + 1) * byteMs);
  if (cycleMs === 0) return 'no ceiling';
  return `a binary upload cannot pass ${(IN_FLIGHT_BYTES / 1.024 / cycleMs).toFixed(1)} KiB/s on the wire (256 bytes in flight)`;
}

/** Three boards on lines alike: one for us, one for mpremote, one typed at by hand. */
interface Rig extends AsyncDisposable {
  readonly board: Board;
  /** Null where mpremote cannot be had. */
  readonly peer: Mpremote | null;
  readonly bare: BareLine;
  /** Where the peer finds what it shall send. */
  readonly folder: string;
  readonly wire: { bytes: number };
}

async function openRig(baudRate: number, latencyMs: number, pythonPath: string | null): Promise<Rig> {
  const stack = new AsyncDisposableStack();
  const start = async () => stack.use(await startVirtualBoard({ baudRate, latencyMs }));
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const [ours, theirs, typed] = [await start(), await start(), await start()];
  {
    await using board = await openBoard(theirs.path);
    await board.files.mkdir('/many');
  }
  const board = stack.use(await openBoard(ours.path));
  await board.files.sync('/many', {});
  await board.exec('print(1)');
  const wire = { bytes: 0 };
  board.onTraffic(({ bytes }) => {
    wire.bytes += bytes.length;
  });
  const peer = pythonPath === null ? null : stack.use(new Mpremote(pythonPath, { path: theirs.path, baud: baudRate }));
  const bare = stack.use(await BareLine.open(typed.path));
  return { board, peer, bare, folder, wire, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

interface Results {
  readonly mine: Measured;
  readonly theirs: Measured | null;
  /** The bare line's round trips, in seconds. */
  readonly line: readonly number[];
}

async function measure(rig: Rig, item: BenchCase): Promise<Results> {
  if (item.kind === 'exec') return await measureRoundTrips(rig, item);
  rig.wire.bytes = 0;
  const started = performance.now();
  await transfer(rig.board, item);
  const mine = { seconds: (performance.now() - started) / 1000, wire: rig.wire.bytes };
  const theirs = rig.peer && (await rig.peer.run(await onDisk(rig.folder, item)));
  return { mine, theirs, line: [] };
}

async function measureRoundTrips(rig: Rig, item: ExecCase): Promise<Results> {
  const [mine, theirs, line]: number[][] = [[], [], []];
  const wire = { mine: 0, theirs: 0 };
  for (let done = 0; done < item.rounds; done += BLOCK_ROUNDS) {
    const block = { ...item, rounds: BLOCK_ROUNDS };
    line?.push(...(await rig.bare.roundTrips(item.code, BLOCK_ROUNDS)));
    rig.wire.bytes = 0;
    for (let round = 0; round < BLOCK_ROUNDS; round++) {
      const started = performance.now();
      if ((await rig.board.exec(item.code)) !== '1\n') throw new Error('The program printed something else.');
      mine?.push((performance.now() - started) / 1000);
    }
    wire.mine += rig.wire.bytes;
    const answer = await rig.peer?.run(block);
    theirs?.push(...(answer?.times ?? []));
    wire.theirs += answer?.wire ?? 0;
  }
  return {
    mine: { seconds: 0, wire: wire.mine, times: mine ?? [] },
    theirs: rig.peer && { seconds: 0, wire: wire.theirs, times: theirs ?? [] },
    line: line ?? [],
  };
}

async function transfer(board: Board, item: TransferCase): Promise<void> {
  if (item.kind === 'download') {
    const bytes = await board.files.read(item.file.path);
    if (!item.file.bytes.equals(bytes)) throw new Error('The downloaded bytes differ.');
    return;
  }
  const [first] = item.files;
  if (item.files.length === 1 && first) await board.files.write(first.path, first.bytes);
  else
    await board.files.sync(
      '/many',
      Object.fromEntries(item.files.map(({ path, bytes }) => [path.replace('/many/', ''), bytes])),
    );
}

/** The same case for the peer, which reads its bytes from files. */
async function onDisk(folder: string, item: TransferCase): Promise<unknown> {
  const copy = async ({ path, bytes }: BenchFile) => {
    const name = join(folder, path.replaceAll('/', '_'));
    await writeFile(name, bytes);
    return name;
  };
  if (item.kind === 'download') return { ...item, path: item.file.path, source: await copy(item.file) };
  return { ...item, files: await Promise.all(item.files.map(async (file) => [file.path, await copy(file)])) };
}

function rowsOf(item: BenchCase, line: string, baudRate: number, { mine, theirs, line: own }: Results): Row[] {
  if (item.kind === 'exec') {
    return [50, 99].map((percent) => {
      const a = percentile(mine.times ?? [], percent) * 1000;
      const b = theirs && percentile(theirs.times ?? [], percent) * 1000;
      return {
        case: `${line}: ${item.name} p${percent}`,
        ours: a,
        peer: b,
        unit: 'ms',
        ratio: b === null ? null : b / a,
        lineShare: (percentile(own, percent) * 1000) / a,
        wire: mine.wire / item.rounds,
        peerWire: theirs && theirs.wire / item.rounds,
      };
    });
  }
  const bytes =
    item.kind === 'upload' ? item.files.reduce((sum, file) => sum + file.bytes.length, 0) : item.file.bytes.length;
  const a = bytes / 1024 / mine.seconds;
  const b = theirs && bytes / 1024 / theirs.seconds;
  const lineShare = baudRate === 0 ? null : (a * 1024) / (baudRate / 10);
  return [
    {
      case: `${line}: ${item.name}`,
      ours: a,
      peer: b,
      unit: 'KiB/s',
      ratio: b === null ? null : a / b,
      lineShare,
      wire: mine.wire / bytes,
      peerWire: theirs && theirs.wire / bytes,
    },
  ];
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

function print(rows: readonly Row[]): void {
  for (const row of rows) {
    const share = row.lineShare === null ? '' : `${(row.lineShare * 100).toFixed(0)} % of the line`;
    const peer = row.peer === null ? '' : `mpremote ${row.peer.toFixed(2)}, x ${row.ratio?.toFixed(2)}`;
    const theirs = row.peerWire === null ? '' : ` (mpremote ${row.peerWire.toFixed(3)})`;
    const wire = `wire/payload ${row.wire.toFixed(3)}${theirs}`;
    console.log(
      `${row.case.padEnd(60)} ${row.ours.toFixed(2).padStart(9)} ${row.unit.padEnd(5)} ${peer.padEnd(28)} ${share.padEnd(20)} ${wire}`,
    );
  }
}
