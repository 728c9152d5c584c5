import { join } from 'node:path';
import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { requireWritable } from '../unwritable.ts';

/** Seconds that the runner waits for a board on the host, and for one that computes for seconds. */
const IDLE_SECONDS = { virtual: 15, hardware: 30 } as const;

/** `wirewrap bogo`: BoringSSL's own tests of TLS against the board. */
export const bogoCommand: Command = {
  name: 'bogo',
  summary: "Run BoGo, the TLS tests of BoringSSL, against the board's TLS.",
  options: {
    ...BOARD_OPTIONS,
    case: {
      type: 'string',
      placeholder: 'GLOB',
      multiple: true,
      description: "Only these cases, such as '*-TLS12' (may be given several times).",
    },
    out: { type: 'string', placeholder: 'FILE', description: 'Where the record goes (default: results/bogo.json).' },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'A reviewed record; a case that differs gives exit code 1.',
    },
    sources: {
      type: 'string',
      placeholder: 'FOLDER',
      description: "BoringSSL's sources (default: Debian's package, fetched once).",
    },
    idle: {
      type: 'string',
      placeholder: 'SECONDS',
      description: 'How long BoGo waits for the board (default: 15 for a virtual board, else 30).',
    },
    json: jsonOption('the record, and with --baseline what changed'),
    wait: WAIT_OPTION,
  },
  notes: [
    "Needs Go, once, to build BoGo's runner; the board needs no inbound port.",
    'passed: as BoGo wants it; expected: a known failure, with its reason; unimplemented: ssl has nothing for a flag.',
    "Example: wirewrap bogo --case='*-TLS12' --board=/dev/ttyUSB0",
    'Exit code 0: done. 1: unexplained failures, lost cases or differences from the baseline. 2: bad input. 130: interrupted.',
  ],
  async run({ values, stdout, stderr, env, signal }) {
    const text = textsOf(values);
    const idle = text('idle');
    if (idle !== undefined && !(Number(idle) > 0)) {
      throw new CliError('BAD_USAGE', `--idle=${idle} is no number of seconds; give one such as --idle=30.`);
    }
    const output = text('out') ?? join(resultsFolder, 'bogo.json');
    const { bogoRunner } = await import('../bogo/runner/build-runner.ts');
    const { runBogo } = await import('../bogo/run-bogo.ts');
    const { askedByGlob, countResults, keepForeignRun, untilInterrupted } = await import('../foreign/foreign-run.ts');
    const { boardAbilities } = await import('../bogo/shim/board-abilities.ts');
    const { createPki } = await import('@wirewrap/certgen');
    const { boardFacts, readForeignRecord } = await import('@wirewrap/conformance');
    const { createBoardEndpoint } = await import('@wirewrap/tls-lab');
    const { resolveBoard } = await import('../config/board-target.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const { openBench } = await import('../tools/open-bench.ts');
    const baseline = text('baseline');
    const reviewed = baseline === undefined ? null : await readForeignRecord(baseline, 'bogo');
    await requireWritable(output);
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const line = new StatusLine(stderr);
    const onProgress = (what: string): void => (line.live ? line.show(what) : line.write(`${what}\n`));
    const runner = await bogoRunner({ folder: text('sources'), onProgress, signal });
    const { globs, asked } = askedByGlob(values.case);
    return await untilInterrupted(line, signal, async () => {
      await using bench = await openBench({ values, env, signal, stderr }, 'bogo', { line, target });
      const { board, network } = bench;
      const facts = await boardFacts(board, target.url);
      const seconds = Number(idle ?? (facts.capabilities.hardware ? IDLE_SECONDS.hardware : IDLE_SECONDS.virtual));
      const results = await runBogo({
        runner,
        endpoint: createBoardEndpoint(board, network),
        network,
        can: await boardAbilities(board, network, createPki()),
        cases: globs,
        idleMs: seconds * 1_000,
        signal,
        onResult: countResults(line, 'cases'),
      });
      const run = { suite: 'bogo', board: facts.board, results, output, reviewed, asked } as const;
      const { document, text, changes, exitCode } = await keepForeignRun(run);
      line.show('');
      stdout.write(values.json === true ? `${JSON.stringify(document, null, 2)}\n` : `${text}${changes}`);
      return exitCode;
    });
  },
};
