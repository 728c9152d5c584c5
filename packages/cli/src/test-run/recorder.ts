import { join } from 'node:path';
import type { Reporter } from 'vitest/node';
import type { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { asUnwritable } from '../unwritable.ts';

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

/** The reporter, and why the record could not be written, once the run has ended. */
export interface Recorder {
  readonly reporter: Reporter;
  failure(): CliError | null;
}

/** The reporter that turns a run into its record and prints the table of claims. Loaded when a board is used. */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const { createRunRecordReporter } = await import('@wirewrap/conformance');
  const reporter = createRunRecordReporter({
    output: options.output,
    stdout: { write: options.write },
    ...(options.baseline ? { baseline: options.baseline } : {}),
    ...(options.columns ? { columns: options.columns } : {}),
  });
  let failure: CliError | null = null;
  // vitest would show what a reporter throws as an error of some test, with its stack.
  const record = reporter.onTestRunEnd.bind(reporter);
  reporter.onTestRunEnd = async (...end) => {
    try {
      await record(...end);
    } catch (error) {
      failure = asUnwritable(options.output, error);
      if (!failure) throw error;
    }
  };
  return { reporter, failure: () => failure };
}
