import { join } from 'node:path';
import type { BoardSettings } from '@wirewrap/boards';
import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { requireWritable } from '../unwritable.ts';
import type { UpstreamTest } from '../upstream-tests/upstream-test.ts';

/** Seconds without a line after which a test is given up: MicroPython's own runner, and three times of it for a chip. */
const PATIENCE_SECONDS = { virtual: 10, hardware: 30 } as const;

/** `wirewrap upstream-tests`: MicroPython's own tests of TLS on the board. */
export const upstreamTestsCommand: Command = {
  name: 'upstream-tests',
  summary: "Run MicroPython's own tests of ssl and tls on the board.",
  options: {
    ...BOARD_OPTIONS,
    'second-board': {
      type: 'string',
      placeholder: 'BOARD',
      description:
        'The other board of tests between two (default: a virtual board, of the same kind where that is one).',
    },
    case: {
      type: 'string',
      placeholder: 'GLOB',
      multiple: true,
      description: "Only these tests, such as 'extmod/*' or '*/server' (may be given several times).",
    },
    list: { type: 'boolean', description: 'List the tests and run nothing.' },
    out: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Where the record goes (default: results/upstream-tests.json).',
    },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'A reviewed record; a test that differs gives exit code 1.',
    },
    sources: {
      type: 'string',
      placeholder: 'FOLDER',
      description: "MicroPython's sources (default: Debian's package, fetched once).",
    },
    json: jsonOption('the record and what failed; with --list the tests'),
    wait: WAIT_OPTION,
  },
  notes: [
    'A test between two boards runs twice: the board as server, then as client. This host stands between them.',
    'passed: as the test wants it; expected: a known failure, with its reason; skipped: the test says SKIP.',
    "Example: wirewrap upstream-tests --board=/dev/ttyUSB0 --case='extmod/*'",
    'Exit code 0: done. 1: unexplained failures, lost tests or differences from the baseline. 2: bad input. 130: interrupted.',
  ],
  async run({ values, stdout, stderr, env, signal }) {
    const text = textsOf(values);
    const { fetchTests } = await import('../upstream-tests/fetch-tests.ts');
    const { listTests, testFiles } = await import('../upstream-tests/upstream-test.ts');
    const { askedByGlob, keepForeignRun, untilInterrupted } = await import('../foreign/foreign-run.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const line = new StatusLine(stderr);
    const onProgress = (what: string): void => (line.live ? line.show(what) : line.write(`${what}\n`));
    const { globs, asked } = askedByGlob(values.case);
    const chosen = async (): Promise<{ folder: string; tests: readonly UpstreamTest[] }> => {
      const folder = await fetchTests({ folder: text('sources'), onProgress, signal });
      const all = await listTests(folder);
      const tests = all.filter(asked);
      if (tests.length > 0) return { folder, tests };
      throw new CliError(
        'BAD_USAGE',
        `No test of MicroPython's is named ${globs.join(' or ')}; give a glob such as '${all[0]?.id ?? 'extmod/*'}'.`,
      );
    };
    if (values.list === true) {
      const { tests } = await chosen();
      line.show('');
      const listed = tests.map(({ id, role }) => ({ id, role }));
      const table = listed.map(({ id, role }) => `${role.padEnd(7)} ${id}\n`).join('');
      stdout.write(values.json === true ? `${JSON.stringify(listed, null, 2)}\n` : table);
      return 0;
    }
    const { boardFacts, readForeignRecord } = await import('@wirewrap/conformance');
    const { openBench } = await import('../tools/open-bench.ts');
    const { resolveBoard } = await import('../config/board-target.ts');
    const { runUpstreamTests } = await import('../upstream-tests/run-upstream-tests.ts');
    const { formatFailures } = await import('../upstream-tests/format-failures.ts');
    const output = text('out') ?? join(resultsFolder, 'upstream-tests.json');
    const baseline = text('baseline');
    const reviewed = baseline === undefined ? null : await readForeignRecord(baseline, 'upstream-tests');
    await requireWritable(output);
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const secondTarget = await resolveBoard({ board: text('second-board') ?? virtualLike(target) }, env);
    requireTwo(target, secondTarget);
    const { folder, tests } = await chosen();
    await using stack = new AsyncDisposableStack();
    const inHand = async (settings: BoardSettings) => {
      const given = { line, target: settings };
      const bench = stack.use(await openBench({ values, env, signal, stderr }, 'upstream-tests', given));
      return { board: bench.board, network: bench.network, facts: await boardFacts(bench.board, settings.url) };
    };
    return await untilInterrupted(line, signal, async () => {
      const { facts, ...board } = await inHand(target);
      const { hardware } = facts.capabilities;
      let done = 0;
      const outcomes = await runUpstreamTests({
        tests,
        files: await testFiles(folder),
        board,
        second: () => inHand(secondTarget),
        patienceMs: (hardware ? PATIENCE_SECONDS.hardware : PATIENCE_SECONDS.virtual) * 1_000,
        signal,
        onOutcome: ({ result: { id, label } }) => {
          done += 1;
          line.show(`${done}/${tests.length}  ${label}  ${id}`);
        },
      });
      const results = outcomes.map(({ result }) => result);
      const run = { suite: 'upstream-tests', board: facts.board, results, output, reviewed, asked } as const;
      const { document, text, changes, exitCode } = await keepForeignRun(run);
      line.show('');
      const failures = outcomes
        .filter(({ result }) => result.observed !== null || result.label === 'lost')
        .map(({ result: { id }, run: { lines: printed, wire }, expectation }) => ({ id, printed, expectation, wire }));
      const page = `${text}${formatFailures(outcomes)}${changes}`;
      stdout.write(values.json === true ? `${JSON.stringify({ ...document, failures }, null, 2)}\n` : page);
      return exitCode;
    });
  },
};

/** A virtual board takes the other part as well: both ends then have the words of one firmware. */
function virtualLike({ url }: BoardSettings): string {
  return isVirtual(url) ? url : 'virtual';
}

function isVirtual(url: string): boolean {
  return /^virtual(\?|$)/.test(url);
}

/** Of a board on a port there is only one; a virtual one is started as often as it is asked for. */
function requireTwo(board: BoardSettings, second: BoardSettings): void {
  if (board.url !== second.url || isVirtual(board.url)) return;
  throw new CliError('BAD_USAGE', `--second-board=${second.url} is the board under test; name another one, or none.`);
}
