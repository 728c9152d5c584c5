import { join } from 'node:path';
import type { Pki } from '@wirewrap/certgen';
import type { ForeignResult, ForeignSuiteName } from '@wirewrap/conformance';
import type { BoardEndpoint, BoardNetwork } from '@wirewrap/tls-lab';
import { textsOf } from '../arguments.ts';
import type { ShimAbilities } from '../bogo/shim/shim-flags.ts';
import type { CommandContext } from '../command.ts';
import { type AskedByGlob, countResults, keepForeignRun, untilInterrupted } from '../foreign/foreign-run.ts';
import { resultsFolder } from '../repository.ts';
import { requireWritable } from '../unwritable.ts';

/** What a suite that another project wrote runs with. */
export interface ForeignBench {
  readonly endpoint: BoardEndpoint;
  readonly network: BoardNetwork;
  readonly pki: Pki;
  readonly can: ShimAbilities;
  /** Milliseconds that the suite waits for the board. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
  readonly onResult: (result: ForeignResult) => void;
}

/** A suite that another project wrote, as one command runs it. */
export interface ForeignPlan<Tool> {
  readonly suite: ForeignSuiteName;
  /** What its results are called, e.g. `cases`. */
  readonly unit: string;
  readonly asked: AskedByGlob['asked'];
  /** How long it waits for the board: as typed, or by what the board is. */
  readonly idleSeconds: number | undefined;
  readonly defaultIdleSeconds: { readonly virtual: number; readonly hardware: number };
  /** Finds what it needs of this host, before the board is taken. */
  readonly findTool: (onProgress: (what: string) => void) => Promise<Tool>;
  readonly run: (bench: ForeignBench, tool: Tool) => Promise<readonly ForeignResult[]>;
}

/**
 * Runs a foreign suite on the board of `--board`, keeps its record, and tells it: as text or with `--json`, compared with
 * `--baseline`. Resolves with the exit code.
 */
export async function runForeignSuite<Tool>(context: CommandContext, plan: ForeignPlan<Tool>): Promise<number> {
  const { values, stdout, stderr, env, signal } = context;
  const { createPki } = await import('@wirewrap/certgen');
  const { boardFacts, readForeignRecord } = await import('@wirewrap/conformance');
  const { createBoardEndpoint } = await import('@wirewrap/tls-lab');
  const { boardAbilities } = await import('../bogo/shim/board-abilities.ts');
  const { resolveBoard } = await import('../config/board-target.ts');
  const { StatusLine } = await import('../test-run/status-line.ts');
  const { openBench } = await import('./open-bench.ts');
  const typed = textsOf(values);
  const output = typed('out') ?? join(resultsFolder, `${plan.suite}.json`);
  const baseline = typed('baseline');
  const reviewed = baseline === undefined ? null : await readForeignRecord(baseline, plan.suite);
  await requireWritable(output);
  const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
  const line = new StatusLine(stderr);
  const tool = await plan.findTool((what) => (line.live ? line.show(what) : line.write(`${what}\n`)));
  return await untilInterrupted(line, signal, async () => {
    await using bench = await openBench({ values, env, signal, stderr }, plan.suite, { line, target });
    const { board, network } = bench;
    const facts = await boardFacts(board, target.url);
    const { virtual, hardware } = plan.defaultIdleSeconds;
    const pki = createPki();
    const inHand: ForeignBench = {
      endpoint: createBoardEndpoint(board, network),
      network,
      pki,
      can: await boardAbilities(board, network, pki),
      idleMs: (plan.idleSeconds ?? (facts.capabilities.hardware ? hardware : virtual)) * 1_000,
      signal,
      onResult: countResults(line, plan.unit),
    };
    const results = await plan.run(inHand, tool);
    const run = { suite: plan.suite, board: facts.board, results, output, reviewed, asked: plan.asked };
    const { document, text, changes, exitCode } = await keepForeignRun(run);
    line.show('');
    stdout.write(values.json === true ? `${JSON.stringify(document, null, 2)}\n` : `${text}${changes}`);
    return exitCode;
  });
}
