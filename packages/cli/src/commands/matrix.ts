import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';

const FORMATS = ['table', 'markdown', 'json', 'html'] as const;

/** `wirewrap matrix RUN…`: firmwares side by side. */
export const matrixCommand: Command = {
  name: 'matrix',
  summary: 'Put run records side by side: findings, claims, certificates and faults by firmware.',
  positionals: 'RUN.json…',
  options: {
    format: {
      type: 'string',
      placeholder: 'FORMAT',
      description: 'table (default), markdown, json, or html with --out.',
    },
    out: { type: 'string', placeholder: 'FILE', description: 'Write there instead of the terminal.' },
    all: { type: 'boolean', description: 'Show rows in which all firmwares agree, too.' },
  },
  notes: [
    'Records of filtered runs, or with lost cases, are named above the table.',
    'Exit code: 0 good, 1 a record contradicts the version range of a finding, 2 a file is no run record.',
    'As html a cell opens the case: the page of the cases is written beside it, FILE.cases.html.',
    'Example: wirewrap matrix fixtures/firmware-runs/*.json --format=markdown',
  ],
  async run({ values, positionals, stdout }) {
    if (positionals.length === 0) {
      throw new CliError('BAD_USAGE', 'wirewrap matrix takes run records: wirewrap matrix RUN.json RUN.json.');
    }
    const format = FORMATS.find((name) => name === (values.format ?? 'table'));
    if (format === undefined) {
      throw new CliError('BAD_USAGE', `--format=${values.format} is unknown: use ${FORMATS.join(', ')}.`);
    }
    const { buildMatrix, formatMatrix, readRunRecord, writeWhole } = await import('@wirewrap/conformance');
    const { requireWritable } = await import('../unwritable.ts');
    const out = values.out as string | undefined;
    if (out !== undefined) await requireWritable(out);
    if (format === 'html') {
      if (out === undefined) {
        throw new CliError('BAD_USAGE', '--format=html writes files: name one with --out=matrix.html.');
      }
      const { loadRun, writeMatrixPage } = await import('../report/index.ts');
      const { tellUnwritable } = await import('../unwritable.ts');
      const runs = await Promise.all(positionals.map(loadRun));
      const { files, matrix } = await tellUnwritable(out, writeMatrixPage(runs, out));
      stdout.write(`Wrote ${files.join(' and ')}: ${matrix.columns.length} firmwares.\n`);
      return matrix.contradictions.length > 0 ? 1 : 0;
    }
    const matrix = buildMatrix(await Promise.all(positionals.map((path) => readRunRecord(path))));
    const text = formatMatrix(matrix, { format, all: values.all === true });
    if (out === undefined) stdout.write(text);
    else await writeWhole(out, text);
    return matrix.contradictions.length > 0 ? 1 : 0;
  },
};
