import { readFile } from 'node:fs/promises';
import { startTappedRelay, type TappedRelay, wireStoryOf } from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import { linesOf } from '../judge/expectation.ts';
import type { UpstreamTest } from '../upstream-test.ts';
import type { PreparedTestBoard } from './prepare-board.ts';
import { type InstanceEnd, type InstanceOptions, TestInstance } from './test-instance.ts';

/** What a test did on its boards. */
export interface TestRun {
  /** In the form of the expectation: of two instances, each under its head. */
  readonly lines: readonly string[];
  readonly ends: readonly InstanceEnd[];
  /** The connections between the two boards, a line each of what passed; empty where there was none. */
  readonly wire: readonly string[];
}

export interface TestBench extends Pick<InstanceOptions, 'patienceMs' | 'signal'> {
  readonly board: PreparedTestBoard;
  /** The other instance. */
  readonly second: PreparedTestBoard;
}

/** Runs one test, on one board or between the two. */
export async function runTest(test: UpstreamTest, bench: TestBench): Promise<TestRun> {
  const source = await readFile(test.path, 'utf8');
  if (test.instance === null) return await runAlone(source, bench);
  const boards = test.instance === 0 ? [bench.board, bench.second] : [bench.second, bench.board];
  return await runBetween(source, boards as [PreparedTestBoard, PreparedTestBoard], test, bench);
}

async function runAlone(source: string, { board, patienceMs, signal }: TestBench): Promise<TestRun> {
  await board.renew();
  await using instance = await TestInstance.start(board.board, source, { patienceMs, signal });
  const end = await instance.ended;
  return { lines: linesOf(instance.lines.join('\n')), ends: [end], wire: [] };
}

/**
 * Instance 0 first, until it says that the next may start; then instance 1, which reaches it through this host. The port
 * and the address that a test has written down are replaced by those of the boards at hand.
 */
async function runBetween(
  source: string,
  [listening, dialling]: readonly [PreparedTestBoard, PreparedTestBoard],
  test: UpstreamTest,
  { patienceMs, signal }: TestBench,
): Promise<TestRun> {
  await Promise.all([listening.renew(), dialling.renew()]);
  const port = await listening.network.boardPort();
  await using relay = await startTappedRelay({
    listen: dialling.network.listenAddress,
    target: listening.network.boardAt(port),
    client: test.instance === 1 ? 'board' : 'peer',
    transport: source.includes('SOCK_DGRAM') ? 'udp' : 'tcp',
  });
  const globals: string[] = [];
  const broadcasts: { readonly from: number; readonly line: string }[] = [];
  const instances: TestInstance[] = [];
  await using running = new AsyncDisposableStack();
  const programs = [
    { board: listening, globals: { PORT: port } },
    { board: dialling, globals: { PORT: relay.port, IP: dialling.network.hostAddress } },
  ];
  for (const [index, { board, globals: own }] of programs.entries()) {
    const lines = Object.entries(own).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    const bound = source.replaceAll('"0.0.0.0"', JSON.stringify(board.network.bindAddress));
    const program = [bound, ...globals, ...lines, `instance${index}()`, ''].join('\n');
    const instance = await TestInstance.start(board.board, program, {
      patienceMs,
      signal,
      onGlobal: (line) => globals.push(line),
      onBroadcast: (line) => {
        broadcasts.push({ from: index, line });
        for (const [at, each] of instances.entries()) if (at !== index) void each.tell(line);
      },
    });
    running.use(instance);
    // What an earlier one has said while this one started.
    for (const { from, line } of broadcasts) if (from !== index) void instance.tell(line);
    instances.push(instance);
    await instance.ready;
    // What ended before it let the next one start has nothing to talk to.
    if (instance.end !== null) break;
  }
  const ends = await Promise.race([Promise.all(instances.map(({ ended }) => ended)), firstSkip(instances)]);
  const lines = instances.flatMap((instance, index) => [
    `--- instance${index} ---`,
    ...linesOf(instance.lines.join('\n')),
  ]);
  return { lines, ends, wire: wireOf(relay) };
}

/** The other instance waits in vain for one that has nothing to test. */
function firstSkip(instances: readonly TestInstance[]): Promise<InstanceEnd[]> {
  const { promise, resolve } = Promise.withResolvers<InstanceEnd[]>();
  const seen = (end: InstanceEnd): void => {
    if (end.how === 'skipped') resolve([end]);
  };
  for (const { ended } of instances) ended.then(seen, ignored('the end of a test'));
  return promise;
}

function wireOf(relay: TappedRelay): string[] {
  return relay.transcripts().flatMap((transcript) => wireStoryOf(transcript).split('\n'));
}
