import { acquireSession, configuredBoard } from '@wirewrap/boards';
import { createPki } from '@wirewrap/certgen';
import { boardFacts, type CaseBench, median, runCase, SUITES } from '@wirewrap/conformance';
import { hostClock } from '@wirewrap/repl-driver/basics';
import { createTlsLab } from '@wirewrap/tls-lab';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';

interface Row {
  readonly suite: string;
  readonly case: string;
  /** Milliseconds of the case. */
  readonly ms: number;
  readonly connections: number;
  /** Milliseconds in which a connection stood: handshake, data, waiting for the board. */
  readonly wireMs: number;
  readonly value: unknown;
}

/** `pnpm bench suite [--json FILE] [--only PREFIX] [--board URL] [--values]`: where the time of a conformance run goes. */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, {
    json: { kind: 'output' },
    only: { kind: 'text' },
    board: { kind: 'text' },
    values: { kind: 'flag' },
  });
  const only = options.text('only') ?? '';
  const url = options.text('board') ?? process.env.WIREWRAP_BOARD ?? 'virtual';
  const started = performance.now();
  const session = await acquireSession(configuredBoard({ url }, process.env));
  const { board, network, endpoint } = session;
  const pki = createPki();
  const { capabilities: can } = await boardFacts(board, url);
  await endpoint.ready();
  const readyMs = performance.now() - started;
  const rows: Row[] = [];
  const items = Object.entries(SUITES).flatMap(([suite, cases]) => cases.map((item) => ({ suite, item })));
  for (const { suite, item } of items.filter(({ item: { id } }) => id.startsWith(only))) {
    await using tls = createTlsLab({ board, network, pki, endpoint });
    const bench: CaseBench = { board, tls, network, pki, can, clock: hostClock, measure: () => {} };
    const from = performance.now();
    const value = await runCase(item, bench).catch((error: unknown) => ({ thrown: String(error) }));
    const wireMs = tls.handshakes
      .map(({ wire }) => (wire === null ? 0 : (wire.closedAtMs ?? wire.connectedAtMs) - wire.connectedAtMs))
      .reduce((sum, ms) => sum + ms, 0);
    rows.push({
      suite,
      case: item.id,
      ms: performance.now() - from,
      connections: tls.handshakes.length,
      wireMs,
      value,
    });
    if (options.flag('values')) console.log(item.id, JSON.stringify(value), Math.round(rows.at(-1)?.ms ?? 0));
  }
  await session.release();
  report(rows, readyMs);
  const file = options.text('json');
  await writeJson(file, { readyMs, rows });
}

function report(rows: readonly Row[], readyMs: number): void {
  const total = rows.reduce((sum, row) => sum + row.ms, 0);
  const single = rows.filter((row) => row.connections === 1);
  const local = rows.filter((row) => row.connections === 0);
  console.log(`board ready after                ${readyMs.toFixed(0)} ms`);
  console.log(`cases                            ${rows.length} in ${(total / 1000).toFixed(1)} s`);
  console.log(`without a connection, median     ${median(local.map((row) => row.ms)).toFixed(1)} ms (${local.length})`);
  console.log(
    `with one connection, median      ${median(single.map((row) => row.ms)).toFixed(1)} ms (${single.length})`,
  );
  console.log(`  of it the connection           ${median(single.map((row) => row.wireMs)).toFixed(1)} ms`);
  console.log(`  beside the connection          ${median(single.map((row) => row.ms - row.wireMs)).toFixed(1)} ms`);
  for (const [suite, list] of Map.groupBy(rows, (row) => row.suite)) {
    const ms = list.reduce((sum, row) => sum + row.ms, 0);
    const wireMs = list.reduce((sum, row) => sum + row.wireMs, 0);
    console.log(
      `${suite.padEnd(14)} ${`${list.length} cases`.padStart(10)} ${(ms / 1000).toFixed(1).padStart(6)} s, connections ${(wireMs / 1000).toFixed(1)} s`,
    );
  }
  console.log('slowest:');
  for (const row of [...rows].sort((a, b) => b.ms - a.ms).slice(0, 15)) {
    console.log(`  ${row.ms.toFixed(0).padStart(6)} ms  ${row.case}`);
  }
}
