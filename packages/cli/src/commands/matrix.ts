import type { Command } from '../command.ts';
import { jsonOption } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

const FORMATS = ['table', 'markdown', 'json', 'html'] as const;

/** `wirewrap matrix RECORD…`: firmwares side by side. */
export const matrixCommand: Command = {
  name: 'matrix',
  summary: 'Put records side by side: findings, claims, certificates, faults, BoGo, … by firmware.',
  positionals: 'RECORD.json…',
  options: {
    format: {
      type: 'string',
      placeholder: 'FORMAT',
      description: 'table (default), markdown, json, or html with --out.',
    },
    json: jsonOption('the same as --format=json'),
    out: { type: 'string', placeholder: 'FILE', description: 'Write there instead of the terminal.' },
    all: { type: 'boolean', description: 'Show rows in which all firmwares agree, too.' },
  },
  notes: [
    'Records of filtered runs, or with lost cases, are named above the table.',
    'Records of wirewrap bogo, tlsfuzzer, upstream-tests and corpus are compared in tables of their own, a suite each (not as html).',
    'Exit code: 0 good, 1 a record contradicts the version range of a finding, 2 a file is no record.',
    'As html a cell opens the case: the page of the cases is written beside it, FILE.cases.html.',
    'Example: wirewrap matrix fixtures/firmware-runs/*.json --format=markdown',
    'Example: wirewrap matrix fixtures/baselines/bogo-*.json',
  ],
  async run({ values, positionals, stdout }) {
    if (positionals.length === 0) {
      throw new CliError('BAD_USAGE', 'wirewrap matrix takes records: wirewrap matrix RUN.json RUN.json.');
    }
    const format = FORMATS.find((name) => name === (values.json === true ? 'json' : (values.format ?? 'table')));
    if (format === undefined) {
      throw new CliError('BAD_USAGE', `--format=${values.format} is unknown: use ${FORMATS.join(', ')}.`);
    }
    const { buildMatrix, buildSuiteMatrices, formatMatrix, formatSuiteMatrix, readMatrixRecords } = await import(
      '@wirewrap/conformance'
    );
    const { writeWhole } = await import('@wirewrap/repl-driver/basics');
    const { requireWritable } = await import('../unwritable.ts');
    const out = values.out as string | undefined;
    if (out !== undefined) await requireWritable(out);
    const { runs, suites: suiteRecords } = await readMatrixRecords(positionals);
    if (format === 'html') {
      if (out === undefined) {
        throw new CliError('BAD_USAGE', '--format=html writes files: name one with --out=matrix.html.');
      }
      if (suiteRecords.length > 0) {
        throw new CliError(
          'BAD_USAGE',
          '--format=html shows run records only; use table, markdown or json for records of bogo, tlsfuzzer, upstream-tests and corpus.',
        );
      }
      const { loadRun, writeMatrixPage } = await import('../report/index.ts');
      const { tellUnwritable } = await import('../unwritable.ts');
      const loaded = await Promise.all(positionals.map(loadRun));
      const { files, matrix } = await tellUnwritable(out, writeMatrixPage(loaded, out));
      stdout.write(`Wrote ${files.join(' and ')}: ${matrix.columns.length} firmwares.\n`);
      return matrix.contradictions.length > 0 ? 1 : 0;
    }
    const matrix = buildMatrix(runs);
    const suites = buildSuiteMatrices(suiteRecords);
    const all = values.all === true;
    const text =
      format === 'json'
        ? `${JSON.stringify({ ...matrix, suites }, null, 2)}\n`
        : [
            ...(runs.length > 0 ? [formatMatrix(matrix, { format, all })] : []),
            ...suites.map((suite) => formatSuiteMatrix(suite, { format, all })),
          ].join('\n');
    if (out === undefined) stdout.write(text);
    else await writeWhole(out, text);
    return matrix.contradictions.length > 0 ? 1 : 0;
  },
};
