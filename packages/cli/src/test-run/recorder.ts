import { join } from 'node:path';
import type { Reporter } from 'vitest/node';
import type { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { asUnwritable } from '../unwritable.ts';

export interface RunRecorderOptions {
  /** The board's short name: its records lie in a folder of that name. */
  readonly label: string;
  /** Folder of the records of all boards. Default the project's `results/`. */
  readonly folder?: string;
  /** One file for the record instead of a folder of the board. */
  readonly output: string | undefined;
  readonly startedAt: Date;
  readonly baseline: string | undefined;
  readonly columns: number | undefined;
  readonly verbose: boolean;
  /** Whether the record says where the time went. Default false. */
  readonly profile?: boolean;
  readonly write: (text: string) => void;
  /** Whether the text goes to a terminal that shows colours. */
  readonly colours: boolean;
}

/** The reporter, and why the record could not be written, once the run has ended. */
export interface RunRecorder {
  readonly reporter: Reporter;
  failure(): CliError | null;
  /** Where the record was written; null before the run has ended, and without one. */
  path(): string | null;
}

/** The reporter that turns a run into its record and prints the table of claims. Loaded when a board is used. */
export async function createRecorder(options: RunRecorderOptions): Promise<RunRecorder> {
  const { createRunRecordReporter } = await import('@wirewrap/conformance');
  const { folder = resultsFolder } = options;
  const reporter = createRunRecordReporter({
    folder,
    label: options.label,
    now: () => options.startedAt,
    verbose: options.verbose,
    profile: options.profile ?? false,
    colours: options.colours,
    ...(options.output === undefined ? {} : { output: options.output }),
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
      failure = asUnwritable(options.output ?? join(folder, options.label), error);
      if (!failure) throw error;
    }
  };
  return { reporter, failure: () => failure, path: () => reporter.outcome?.path ?? null };
}
