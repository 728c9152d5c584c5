import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { tellUnwritable } from '../unwritable.ts';

/** `wirewrap baseline update FILE`: makes the last run the reviewed baseline of its firmware. */
export const baselineCommand: Command = {
  name: 'baseline',
  summary: 'Make a reviewed run the baseline of its firmware.',
  positionals: 'update FILE',
  options: {
    run: {
      type: 'string',
      multiple: true,
      placeholder: 'FILE',
      description:
        'The run record to take (default: results/latest.json); further whole runs of the firmware show what is intermittent.',
    },
  },
  notes: [
    'Shows what changes against the old baseline and then writes FILE; review the difference before you commit it.',
    'A case that the runs do not show alike is kept with every outcome; a later run that shows one of them is not red by it.',
    'Example: wirewrap baseline update baselines/esp32-1.26.1.json --run=first.json --run=second.json',
    'Exit code 2: a file cannot be read, is no run record, or a run lost cases, was not whole, or is of another firmware.',
  ],
  async run({ values, positionals, stdout }) {
    const [verb, file, ...more] = positionals;
    if (verb !== 'update' || !file || more.length > 0) {
      throw new CliError('BAD_USAGE', 'Say what to do and with which file: wirewrap baseline update FILE.');
    }
    const newest = join(resultsFolder, 'latest.json');
    if (values.run === undefined && !existsSync(newest)) {
      throw new CliError(
        'BAD_FILE',
        `There is no whole run in ${resultsFolder} yet: run wirewrap test, or name a record with --run=FILE.`,
      );
    }
    const runs = (values.run as string[] | undefined) ?? [newest];
    const [first = '', ...others] = runs;
    const { describeValue, formatComparison, readBaseline, updateBaseline } = await import('@wirewrap/conformance');
    const update = updateBaseline([first, ...others], file);
    const { changes: comparison, intermittent } = await tellUnwritable(file, update);
    for (const { case: id, value } of intermittent) stdout.write(`${id} is ${describeValue(value)}\n`);
    const { observations } = await readBaseline(file);
    const holds = `${observations.length} observations`;
    if (comparison === null) stdout.write(`${file} is new: ${holds}.\n`);
    else stdout.write(`${formatComparison(comparison)}${file} is updated: ${holds}.\n`);
    return 0;
  },
};
