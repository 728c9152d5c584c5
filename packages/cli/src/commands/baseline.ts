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
    run: { type: 'string', placeholder: 'FILE', description: 'The run record to take (default: results/latest.json).' },
  },
  notes: [
    'Shows what changes against the old baseline and then writes FILE; review the difference before you commit it.',
    'Example: wirewrap baseline update baselines/esp32-1.26.1.json',
    'Exit code 2: a file cannot be read, is no run record, or the run lost cases or was not whole.',
  ],
  async run({ values, positionals, stdout }) {
    const [verb, file, ...more] = positionals;
    if (verb !== 'update' || !file || more.length > 0) {
      throw new CliError('BAD_USAGE', 'wirewrap baseline knows one thing: wirewrap baseline update FILE.');
    }
    const run = typeof values.run === 'string' ? values.run : join(resultsFolder, 'latest.json');
    const { formatComparison, readBaseline, updateBaseline } = await import('@wirewrap/conformance');
    const comparison = await tellUnwritable(file, updateBaseline(run, file));
    const { observations } = await readBaseline(file);
    const holds = `${observations.length} observations`;
    if (comparison === null) stdout.write(`${file} is new: ${holds}.\n`);
    else stdout.write(`${formatComparison(comparison)}${file} is updated: ${holds}.\n`);
    return 0;
  },
};
