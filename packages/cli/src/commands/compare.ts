import type { Command } from '../command.ts';
import { jsonOption } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

const FORMATS = ['table', 'json', 'markdown'] as const;

/** `wirewrap compare OLD NEW`: what changed from one run record (or baseline) to another. */
export const compareCommand: Command = {
  name: 'compare',
  summary: 'Compare two run records, or two of BoGo, tlsfuzzer, …: what changed, appeared or vanished.',
  positionals: 'OLD NEW',
  options: {
    format: {
      type: 'string',
      placeholder: 'FORMAT',
      description: 'table (default), json, or markdown for a pull request.',
    },
    json: jsonOption('the same as --format=json'),
    tolerance: {
      type: 'string',
      placeholder: 'PART',
      description: 'How far the median of a measurement may move before it is reported (default: 0.25).',
    },
    common: { type: 'boolean', description: 'Compare only cases that both records hold.' },
  },
  notes: [
    'Example: wirewrap compare old.json results/latest.json --format=markdown',
    'Records of wirewrap bogo, tlsfuzzer, upstream-tests and corpus are compared case by case.',
    'Exit code 0: no observation changed. 1: at least one did. 2: a file cannot be read or is no run record.',
    'Measurements (milliseconds, heap) are listed apart and never change the exit code.',
  ],
  async run({ values, positionals, stdout }) {
    const [before, after, ...more] = positionals;
    if (before === undefined || after === undefined || more.length > 0) {
      throw new CliError('BAD_USAGE', 'wirewrap compare takes two run records: wirewrap compare OLD NEW.');
    }
    const format = FORMATS.find((name) => name === (values.json === true ? 'json' : (values.format ?? 'table')));
    if (format === undefined) {
      throw new CliError('BAD_USAGE', `--format=${values.format} is unknown: use ${FORMATS.join(', ')}.`);
    }
    const tolerance = values.tolerance === undefined ? undefined : Number(values.tolerance);
    if (tolerance !== undefined && !(tolerance > 0)) {
      throw new CliError('BAD_USAGE', `--tolerance=${values.tolerance} is no number above 0.`);
    }
    const { compareRuns, compareSuites, formatComparison, formatSuiteComparison, readBaseline, readMatrixRecords } =
      await import('@wirewrap/conformance');
    const { suites } = await readMatrixRecords([before, after]);
    const [old, now] = suites;
    if (old !== undefined && now !== undefined) {
      const changes = compareSuites(old, now, { common: values.common === true });
      stdout.write(formatSuiteComparison(changes, format));
      return changes.changed ? 1 : 0;
    }
    if (old !== undefined) {
      throw new CliError(
        'BAD_USAGE',
        `Of ${before} and ${after} one is a run record and one is of bogo, tlsfuzzer, upstream-tests or corpus; compare two of one kind.`,
      );
    }
    const comparison = compareRuns(await readBaseline(before), await readBaseline(after), {
      tolerance,
      common: values.common === true,
    });
    stdout.write(formatComparison(comparison, format));
    return comparison.changed ? 1 : 0;
  },
};
