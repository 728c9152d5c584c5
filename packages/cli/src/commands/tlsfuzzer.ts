import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

/** Seconds that tlsfuzzer waits for a message of a board on the host, and of one that computes for seconds. */
const IDLE_SECONDS = { virtual: 10, hardware: 30 } as const;

/** Conversations of a script that has more: all of the record's baselines were made with it. */
const SAMPLE = '10';

/** `wirewrap tlsfuzzer`: tlsfuzzer's scripts against the board as TLS server. */
export const tlsfuzzerCommand: Command = {
  name: 'tlsfuzzer',
  summary: 'Run the scripts of tlsfuzzer against the board as TLS server.',
  options: {
    ...BOARD_OPTIONS,
    case: {
      type: 'string',
      placeholder: 'GLOB',
      multiple: true,
      description: "Only these scripts, such as 'encrypt-*' (may be given several times).",
    },
    list: { type: 'boolean', description: 'List the scripts and run nothing.' },
    out: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Where the record goes (default: results/tlsfuzzer.json).',
    },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'A reviewed record; a conversation that differs gives exit code 1.',
    },
    sources: {
      type: 'string',
      placeholder: 'FOLDER',
      description: "tlsfuzzer's folder (default: WIREWRAP_TLSFUZZER, or the cache).",
    },
    sample: {
      type: 'string',
      placeholder: 'COUNT',
      description: `Conversations of a script that has more, always the same (default: ${SAMPLE}).`,
    },
    idle: {
      type: 'string',
      placeholder: 'SECONDS',
      description: 'How long tlsfuzzer waits for the board (default: 10 for a virtual board, else 30).',
    },
    json: jsonOption('the record, and with --baseline what changed'),
    wait: WAIT_OPTION,
  },
  notes: [
    'Needs tlsfuzzer and a Python with tlslite-ng; the scripts of TLS 1.3 are not run.',
    'passed: as tlsfuzzer wants it; expected: a known difference, with its reason and the case or finding that says the same.',
    "Example: wirewrap tlsfuzzer --case='encrypt-*' --board=/dev/ttyUSB0",
    'Exit code 0: done. 1: unexplained failures, lost conversations or differences from the baseline. 2: bad input. 130: interrupted.',
  ],
  async run(context) {
    const { values, stdout, env, signal } = context;
    const text = textsOf(values);
    const idle = numberOf('idle', text('idle'));
    const sample = numberOf('sample', text('sample') ?? SAMPLE) ?? 0;
    const { askedByGlob } = await import('../foreign/foreign-run.ts');
    const { knownScripts } = await import('../tlsfuzzer/judge/known-scripts.ts');
    const { globs, asked } = askedByGlob(values.case);
    const scripts = knownScripts.run.filter(({ script }) => asked({ id: script }));
    if (scripts.length === 0) {
      const { script } = knownScripts.run[0] ?? { script: '' };
      throw new CliError(
        'BAD_USAGE',
        `No script that is run is named ${globs.join(' or ')}; give a glob such as '${script}'.`,
      );
    }
    if (values.list === true) {
      const names = scripts.map(({ script }) => script);
      stdout.write(
        values.json === true ? `${JSON.stringify(names, null, 2)}\n` : names.map((name) => `${name}\n`).join(''),
      );
      return 0;
    }
    const { runForeignSuite } = await import('../tools/run-foreign-suite.ts');
    const { findTlsfuzzer } = await import('../tlsfuzzer/runner/find-tlsfuzzer.ts');
    const { runTlsfuzzer } = await import('../tlsfuzzer/run-tlsfuzzer.ts');
    return await runForeignSuite(context, {
      suite: 'tlsfuzzer',
      unit: 'conversations',
      asked: ({ id }) => asked({ id: id.split('/')[0] ?? '' }),
      idleSeconds: idle,
      defaultIdleSeconds: IDLE_SECONDS,
      findTool: () => findTlsfuzzer({ folder: text('sources'), env, signal }),
      run: (bench, tlsfuzzer) => runTlsfuzzer({ ...bench, tlsfuzzer, scripts, sample }),
    });
  },
};

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined || Number(given) > 0) return given === undefined ? undefined : Number(given);
  throw new CliError('BAD_USAGE', `--${name}=${given} is no number above zero; give one such as --${name}=10.`);
}
