import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Board, openBoard, openTransport } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { type BenchCase, benchCases } from './repl/cases.ts';
import { findMpremote, type PeerResult, runPeer } from './repl/mpremote.ts';

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

/** `pnpm bench repl [--json FILE] [--baud N] [--latency MS] [--only TEXT]`: the driver beside mpremote on the virtual board. */
export async function run(args: readonly string[]): Promise<void> {
  const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const only = (list: readonly number[], wanted: string | undefined) =>
    wanted === undefined ? list : [Number(wanted)];
  const cases = benchCases();
  const chosen = cases.filter(({ name, kind }) => kind === 'upload' || name.includes(option('--only') ?? ''));
  const pythonPath = await findMpremote();
  const rows: Row[] = [];
  for (const baudRate of only(BAUD_RATES, option('--baud'))) {
    for (const latencyMs of only(LATENCIES_MS, option('--latency'))) {
      const line = `${baudRate || 'unlimited'} baud, ${latencyMs} ms`;
      const [ours, peer] = [
        await measureOurs(chosen, baudRate, latencyMs),
        await measurePeer(chosen, baudRate, latencyMs, pythonPath),
      ];
      for (const item of chosen) rows.push(...rowsOf(item, line, baudRate, ours, peer));
      print(rows.filter((row) => row.case.startsWith(line)));
    }
  }
  const file = option('--json');
  if (file !== undefined) await writeFile(file, `${JSON.stringify(rows, null, 2)}\n`);
}

type Results = ReadonlyMap<string, Measured>;

async function measureOurs(cases: readonly BenchCase[], baudRate: number, latencyMs: number): Promise<Results> {
  await using virtual = await startVirtualBoard({ baudRate, latencyMs });
  const results = new Map<string, Measured>();
  results.set('line', await measureLine(virtual.path));
  await using board = await openBoard(virtual.path);
  await board.files.sync('/many', {});
  await board.exec('print(1)');
  let wire = 0;
  board.onTraffic(({ bytes }) => {
    wire += bytes.length;
  });
  for (const item of cases) {
    wire = 0;
    const started = performance.now();
    const times = await measureOne(board, item);
    results.set(item.name, { seconds: (performance.now() - started) / 1000, wire, ...(times ? { times } : {}) });
  }
  return results;
}

async function measureOne(board: Board, item: BenchCase): Promise<number[] | undefined> {
  switch (item.kind) {
    case 'upload': {
      const [first] = item.files;
      if (item.files.length === 1 && first) await board.files.write(first.path, first.bytes);
      else
        await board.files.sync(
          '/many',
          Object.fromEntries(item.files.map(({ path, bytes }) => [path.replace('/many/', ''), bytes])),
        );
      return undefined;
    }
    case 'download': {
      const bytes = await board.files.read(item.file.path);
      if (!item.file.bytes.equals(bytes)) throw new Error('The downloaded bytes differ.');
      return undefined;
    }
    case 'exec': {
      const times: number[] = [];
      for (let round = 0; round < item.rounds; round++) {
        const started = performance.now();
        if ((await board.exec(item.code)) !== '1\n') throw new Error('The program printed something else.');
        times.push((performance.now() - started) / 1000);
      }
      return times;
    }
  }
}

/** The line's own round trip: the same command typed by hand at the raw REPL, no driver between. */
async function measureLine(path: string): Promise<Measured> {
  await using transport = await openTransport(path);
  let received = Buffer.alloc(0);
  let wake = () => {};
  transport.onData((chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const say = async (text: string, end: string) => {
    received = Buffer.alloc(0);
    await transport.write(Buffer.from(text));
    while (!received.toString('latin1').endsWith(end)) await new Promise<void>((resolve) => (wake = resolve));
  };
  await say('\r\x03\x01', 'exit\r\n>');
  const times: number[] = [];
  for (let round = 0; round < 100; round++) {
    const started = performance.now();
    await say('print(1)\x04', '\x04\x04>');
    times.push((performance.now() - started) / 1000);
  }
  return { seconds: 0, wire: 0, times };
}

async function measurePeer(
  cases: readonly BenchCase[],
  baud: number,
  latencyMs: number,
  pythonPath: string,
): Promise<Results> {
  await using virtual = await startVirtualBoard({ baudRate: baud, latencyMs });
  {
    await using board = await openBoard(virtual.path);
    await board.files.mkdir('/many');
  }
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bench-'));
  try {
    const onDisk = async (path: string, bytes: Buffer) => {
      const copy = join(folder, path.replaceAll('/', '_'));
      await writeFile(copy, bytes);
      return copy;
    };
    const plan = [];
    for (const item of cases) {
      if (item.kind === 'exec') plan.push(item);
      else if (item.kind === 'download')
        plan.push({ ...item, path: item.file.path, source: await onDisk(item.file.path, item.file.bytes) });
      else
        plan.push({
          ...item,
          files: await Promise.all(item.files.map(async ({ path, bytes }) => [path, await onDisk(path, bytes)])),
        });
    }
    const results = await runPeer(pythonPath, { path: virtual.path, baud, cases: plan });
    return new Map(results.map((result: PeerResult) => [result.case, result]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(item: BenchCase, line: string, baudRate: number, ours: Results, peer: Results): Row[] {
  const [mine, theirs] = [ours.get(item.name), peer.get(item.name)];
  if (!mine || !theirs) return [];
  if (item.kind === 'exec') {
    const own = ours.get('line')?.times ?? [];
    return [50, 99].map((percent) => {
      const [a, b] = [percentile(mine.times ?? [], percent) * 1000, percentile(theirs.times ?? [], percent) * 1000];
      const share = (percentile(own, percent) * 1000) / a;
      const rounds = item.rounds;
      return {
        case: `${line}: ${item.name} p${percent}`,
        ours: a,
        peer: b,
        unit: 'ms',
        ratio: b / a,
        lineShare: share,
        wire: mine.wire / rounds,
        peerWire: theirs.wire / rounds,
      };
    });
  }
  const bytes =
    item.kind === 'upload' ? item.files.reduce((sum, file) => sum + file.bytes.length, 0) : item.file.bytes.length;
  const [a, b] = [bytes / 1024 / mine.seconds, bytes / 1024 / theirs.seconds];
  const lineShare = baudRate === 0 ? null : (a * 1024) / (baudRate / 10);
  return [
    {
      case: `${line}: ${item.name}`,
      ours: a,
      peer: b,
      unit: 'KiB/s',
      ratio: a / b,
      lineShare,
      wire: mine.wire / bytes,
      peerWire: theirs.wire / bytes,
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
    const wire = `wire/payload ${row.wire.toFixed(3)} (mpremote ${row.peerWire?.toFixed(3)})`;
    console.log(
      `${row.case.padEnd(60)} ${row.ours.toFixed(2).padStart(9)} ${row.unit.padEnd(5)} ${peer.padEnd(28)} ${share.padEnd(20)} ${wire}`,
    );
  }
}
