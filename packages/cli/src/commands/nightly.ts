import { join } from 'node:path';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { CASE_OPTIONS } from '../test-run/case-options.ts';
import { canErase } from '../test-run/status-line.ts';
import { requireWritable } from '../unwritable.ts';

export const nightlyCommand: Command = {
  name: 'nightly',
  summary: 'One night of a board: lease, health, flash, test, compare with the baseline, report, release.',
  positionals: '[FILE FILTER…]',
  passThrough: true,
  options: {
    ...BOARD_OPTIONS,
    suite: CASE_OPTIONS.suite,
    firmware: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Firmware to flash first. Default: test what is there.',
    },
    erase: { type: 'boolean', description: 'Erase the whole flash before.' },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Reviewed run record of this firmware to compare with.',
    },
    out: { type: 'string', placeholder: 'FOLDER', description: 'Where results go. Default: results/nightly/BOARD.' },
    history: {
      type: 'string',
      placeholder: 'FOLDER',
      description: 'Records of earlier nights, which the page plots; this one is added. Default: history in --out.',
    },
    keep: { type: 'string', placeholder: 'N', description: 'Nights that stay in the history. Default 100.' },
    retries: { type: 'string', placeholder: 'N', description: 'Attempts after a failure of board or line. Default 2.' },
    resume: { type: 'boolean', description: 'Go on where an interrupted run of the same board and firmware stopped.' },
    suites: { type: 'boolean', description: "In a project of one's own: the suites, too." },
    wait: WAIT_OPTION,
  },
  notes: [
    'Other options and file filters go to vitest, as with `wirewrap test`.',
    'Writes run.json, run.details.json, report.html, junit.xml and nightly.json, which names the red claims.',
    'The first baseline: review a night, then wirewrap baseline update FILE --run=FOLDER/run.json.',
    'With suites that run only when they are named: --suite=default,cve.',
    'Example: wirewrap nightly --board=/dev/ttyUSB0 --firmware=firmware.bin --baseline=baseline.json',
    'Exit code: 0 good, 1 a test is broken, 2 bad input, 3 the firmware changed or deviates, 4 board or line broken,',
    '5 this host is broken, 130 interrupted. Only 4 is retried, and each retry is printed.',
  ],
  async run(context) {
    const { values, env, rest } = context;
    const retries = values.retries === undefined ? 2 : Number(values.retries);
    if (!Number.isInteger(retries) || retries < 0 || retries > 20) {
      throw new CliError('BAD_USAGE', `--retries=${values.retries} is not a number from 0 to 20.`);
    }
    const keep = values.keep === undefined ? undefined : Number(values.keep);
    if (keep !== undefined && !(Number.isInteger(keep) && keep > 0)) {
      throw new CliError('BAD_USAGE', `--keep=${values.keep} is not a number of nights from 1 on.`);
    }
    // Before vitest is loaded, which decides about colours at that moment.
    if (!canErase(context.stdout, env) && env.FORCE_COLOR === undefined) process.env.NO_COLOR ??= '1';
    const { resolveBoard } = await import('../config/board-target.ts');
    const { readFirmwareImage } = await import('../flash/firmware-image.ts');
    const { NIGHTS_KEPT } = await import('../nightly/night-history.ts');
    const { runNightly } = await import('../nightly/run-nightly.ts');
    const { fileNameOf } = await import('@wirewrap/boards');
    const { readBaseline } = await import('@wirewrap/conformance');
    const { resultsFolder } = await import('../repository.ts');
    const { parseVitestArguments } = await import('../test-run/vitest-arguments.ts');
    const target = await resolveBoard(values, env, { onFound: (reason) => context.stderr.write(`${reason}\n`) });
    const baseline = values.baseline as string | undefined;
    // Read now, so that a wrong word is reported before the night and not after it.
    parseVitestArguments(rest);
    if (baseline !== undefined) await readBaseline(baseline);
    const image = values.firmware === undefined ? null : await readFirmwareImage(values.firmware as string);
    const folder = (values.out as string | undefined) ?? join(resultsFolder, 'nightly', fileNameOf(target.label));
    const history = (values.history as string | undefined) ?? join(folder, 'history');
    // Now too: a night whose record finds no place would be lost.
    if (values.history !== undefined) await requireWritable(join(history, 'a record'));
    const erase = values.erase === true;
    const night = { context, target, folder, history, keep: keep ?? NIGHTS_KEPT, image, erase, baseline, rest };
    return await runNightly(night, { retries, wait: values.wait === true, resume: values.resume === true });
  },
};
