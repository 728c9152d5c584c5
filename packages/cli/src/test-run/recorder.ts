import { join } from 'node:path';
import type { Reporter } from 'vitest/node';
import { resultsFolder } from '../repository.ts';

export interface RecorderOptions {
  /** The record's file. */
  readonly output: string;
  readonly baseline: string | undefined;
  readonly columns: number | undefined;
  readonly write: (text: string) => void;
}

/** `results/latest.json`, or the board's own name in it when several boards run. */
export function recordPath(resultName: string | undefined): string {
  return join(resultsFolder, resultName === undefined ? 'latest.json' : `latest.${resultName}.json`);
}

/** The reporter that turns a run into its record and prints the table of claims. Loaded when a board is used. */
export async function createRecorder(options: RecorderOptions): Promise<Reporter> {
  const { createRunRecordReporter } = await import('@wirewrap/conformance');
  return createRunRecordReporter({
    output: options.output,
    stdout: { write: options.write },
    ...(options.baseline ? { baseline: options.baseline } : {}),
    ...(options.columns ? { columns: options.columns } : {}),
  });
}
