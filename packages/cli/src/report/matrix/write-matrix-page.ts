import { basename } from 'node:path';
import { buildMatrix, type Matrix, orderRecords } from '@wirewrap/conformance';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { readStyles } from '../html/page-assets.ts';
import { writeHtmlReport } from '../html/write-html-report.ts';
import type { ReportRun } from '../report-run.ts';
import { matrixDocument } from './matrix-document.ts';

/** `matrix.html` to `matrix.cases.html`: the page that the cells lead to. */
function casesPageOf(out: string): string {
  return `${out.replace(/\.html?$/i, '')}.cases.html`;
}

export interface WrittenMatrix {
  readonly files: readonly [string, string];
  readonly matrix: Matrix;
}

/**
 * Writes the matrix of some runs as a page, and beside it the page of their cases.
 *
 * @example const { files } = await writeMatrixPage(runs, 'matrix.html'); // ['matrix.html', 'matrix.cases.html']
 */
export async function writeMatrixPage(runs: readonly ReportRun[], out: string): Promise<WrittenMatrix> {
  const records = runs.map(({ record }) => record);
  const byRecord = new Map(runs.map((run) => [run.record, run]));
  const ordered = orderRecords(records).flatMap(([, record]) => byRecord.get(record) ?? []);
  const cases = casesPageOf(out);
  const matrix = buildMatrix(records);
  const page = {
    matrix,
    styles: await readStyles(),
    report: encodeURIComponent(basename(cases)),
  };
  await writeHtmlReport({ runs: ordered, out: cases });
  await writeWhole(out, matrixDocument(page));
  return { files: [out, cases], matrix };
}
