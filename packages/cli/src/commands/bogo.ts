import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

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
  async run(context) {
    const { values, signal } = context;
    const text = textsOf(values);
    const idle = text('idle');
    if (idle !== undefined && !(Number(idle) > 0)) {
      throw new CliError('BAD_USAGE', `--idle=${idle} is no number of seconds; give one such as --idle=30.`);
    }
    const { bogoRunner } = await import('../bogo/runner/build-runner.ts');
    const { runBogo } = await import('../bogo/run-bogo.ts');
    const { askedByGlob } = await import('../foreign/foreign-run.ts');
    const { runForeignSuite } = await import('../tools/run-foreign-suite.ts');
    const { globs, asked } = askedByGlob(values.case);
    return await runForeignSuite(context, {
      suite: 'bogo',
      unit: 'cases',
      asked,
      idleSeconds: idle === undefined ? undefined : Number(idle),
      defaultIdleSeconds: IDLE_SECONDS,
      findTool: (onProgress) => bogoRunner({ folder: text('sources'), onProgress, signal }),
      run: (bench, runner) => runBogo({ ...bench, runner, cases: globs }),
    });
  },
};
