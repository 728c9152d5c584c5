import { join } from 'node:path';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { CASE_OPTIONS } from '../test-run/case-options.ts';
import { canErase } from '../test-run/status-line.ts';

const { suite, claim, finding, case: cases } = CASE_OPTIONS;

export const bisectCommand: Command = {
  name: 'bisect',
  summary: 'Find the first firmware that shows a behaviour: flash, run, halve.',
  positionals: 'GOOD BAD [FIRMWARE…]',
  options: {
    ...BOARD_OPTIONS,
    board: {
      type: 'string',
      placeholder: 'BOARD',
      description: "The board that is flashed; or with '{firmware}' in its URL, which is started with each firmware.",
    },
    case: cases,
    claim: {
      ...claim,
      description: 'The verdict of this claim; where GOOD and BAD have the same, its observations; repeatable.',
    },
    finding,
    suite,
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'What GOOD does as in this record, and BAD does not.',
    },
    from: {
      type: 'string',
      placeholder: 'FOLDER',
      description:
        'Where versions are looked for, with all between them. Default: WIREWRAP_FIRMWARES, else ./firmwares.',
    },
    build: {
      type: 'string',
      placeholder: 'COMMAND',
      description: "GOOD and BAD are revisions; this builds '{rev}', and its last line names the file.",
    },
    repo: { type: 'string', placeholder: 'FOLDER', description: 'The repository of --build. Default: this folder.' },
    count: { type: 'string', placeholder: 'N', description: 'How often each firmware is asked. Default 2.' },
    checks: {
      type: 'string',
      placeholder: 'N',
      description: 'Firmwares tried beyond the search, to see whether the behaviour comes and goes. Default 2.',
    },
    all: { type: 'boolean', description: 'Try every firmware.' },
    erase: { type: 'boolean', description: 'Erase the whole flash before each firmware.' },
    out: { type: 'string', placeholder: 'FOLDER', description: 'Where records go. Default: results/bisect/TIME.' },
    json: jsonOption('the result; the steps go to standard error'),
    wait: WAIT_OPTION,
  },
  notes: [
    'A firmware is a .bin that is flashed, a version in --from, a board URL, or any file where the URL has {firmware}.',
    'One that cannot be built or does not start is skipped; so is one that answers differently each time.',
    'Examples: wirewrap bisect 1.20.0 1.26.1 --from=firmwares --board=/dev/ttyUSB0 --claim=book/pem',
    "          wirewrap bisect old.bin new.bin builds/*.bin --board='emu:esp32c3?firmware={firmware}' --case='client/cadata/*'",
    "          wirewrap bisect v1.25.0 v1.26.0 --build='./build.sh {rev}' --repo=micropython --board=/dev/ttyUSB0 --case=…",
    'Exit code: 0 the first firmware is found, 1 it is not certain (skipped ones between, or the behaviour comes and',
    'goes), 2 bad input, or GOOD and BAD do not differ, 130 Ctrl-C.',
  ],
  async run(context) {
    const { values, positionals, env, stdout, stderr, signal } = context;
    const [good, bad, ...between] = positionals;
    const picked = [values.case, values.claim, values.finding, values.suite, values.baseline];
    if (good === undefined || bad === undefined || picked.every((value) => value === undefined)) {
      throw new CliError(
        'BAD_USAGE',
        'Name a good and a bad firmware and what to look for: wirewrap bisect GOOD BAD --case=GLOB (or --claim, --finding, --suite, --baseline).',
      );
    }
    const repo = values.build === undefined ? null : ((values.repo as string | undefined) ?? '.');
    if (values.repo !== undefined && repo === null) {
      throw new CliError('BAD_USAGE', '--repo goes with --build, which makes a firmware of a revision.');
    }
    const count = numberOf('count', values.count, 2, 1);
    const checks = values.all === true ? Number.POSITIVE_INFINITY : numberOf('checks', values.checks, 2, 0);
    // Before vitest is loaded, which decides about colours at that moment.
    if (!canErase(stdout, env) && env.FORCE_COLOR === undefined) process.env.NO_COLOR ??= '1';
    const { Lease } = await import('@wirewrap/boards');
    const { readBaseline } = await import('@wirewrap/conformance');
    const { takesFirmware, requireFitting } = await import('../bisect/bisect-board.ts');
    const { isCertain } = await import('../bisect/bisect-result.ts');
    const { formatAnswer } = await import('../bisect/format-bisect.ts');
    const { listFirmwares } = await import('../bisect/list-firmwares.ts');
    const { runBisect } = await import('../bisect/run-bisect.ts');
    const { resolveBoard } = await import('../config/board-target.ts');
    const { askChip } = await import('../flash/ask-chip.ts');
    const { resultsFolder } = await import('../repository.ts');
    const { caseSelection } = await import('../test-run/case-flags.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const chosen = Object.fromEntries(
      Object.entries({ case: values.case, claim: values.claim, finding: values.finding, suite: values.suite }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    // Read now, so that a wrong word is reported before the first firmware is flashed.
    await caseSelection({ values: chosen, env }, []);
    if (values.baseline !== undefined) await readBaseline(values.baseline as string);
    const board = values.board === undefined ? null : await resolveBoard(values, env);
    await using stack = new AsyncDisposableStack();
    if (board && !takesFirmware(board)) {
      const lease = { purpose: 'wirewrap bisect', wait: values.wait === true, signal };
      stack.use(await Lease.acquire(board, lease));
    }
    const from = (values.from as string | undefined) ?? env.WIREWRAP_FIRMWARES ?? 'firmwares';
    const chip = async () => (board && !takesFirmware(board) ? await askChip(board, signal) : null);
    const candidates = await listFirmwares({ good, bad, between, from, repo, chip });
    requireFitting(candidates, board);

    const line = new StatusLine(values.json === true ? stderr : stdout);
    const named = candidates.map(({ name }) => name).join(', ');
    line.write(`${candidates.length} firmwares: ${named}\n`);
    const time = new Date()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
      .replaceAll(':', '-');
    const folder = (values.out as string | undefined) ?? join(resultsFolder, 'bisect', time);
    const result = await runBisect(
      candidates,
      {
        cases: Object.keys(chosen).length > 0 ? chosen : { suite: ['default'] },
        claims: (values.claim as string[] | undefined) ?? [],
        baseline: values.baseline as string | undefined,
        checks,
        write: (text) => line.write(text),
      },
      {
        // A run leaves its selection in the environment of this process, and the next one must not add to it.
        context: { ...context, env: { ...env } },
        board,
        folder,
        build: repo === null ? null : { command: values.build as string, repo },
        erase: values.erase === true,
        count,
        onProgress: (what) => line.show(what),
      },
    );
    line.show('');
    if (values.json === true) stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else stdout.write(`${formatAnswer(result)}Records: ${folder}\n`);
    return isCertain(result) ? 0 : 1;
  },
};

function numberOf(name: string, typed: unknown, otherwise: number, least: number): number {
  const number = typed === undefined ? otherwise : Number(typed);
  if (Number.isInteger(number) && number >= least && number <= 100) return number;
  throw new CliError('BAD_USAGE', `--${name}=${String(typed)} is not a number from ${least} to 100.`);
}
