import { appendFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readBaseline } from '@wirewrap/conformance';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import type { CommandContext, CommandValue } from '../command.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { tellUnwritable } from '../unwritable.ts';
import * as report from './index.ts';

/** What `wirewrap report` does, for the commands that end with a report. Resolves with the exit code. */
export async function writeReport({
  values,
  positionals,
  stdout,
  env,
}: Pick<CommandContext, 'values' | 'positionals' | 'stdout' | 'env'>): Promise<number> {
  const comment = textOf(values.comment);
  const about = commentOptions(values);
  const paths = positionals.length > 0 ? positionals : await report.latestRecords(resultsFolder);
  const baselinePath = textOf(values.baseline);
  const baseline = baselinePath === undefined ? null : { name: baselinePath, record: await readBaseline(baselinePath) };
  const runs = (await Promise.all(paths.map(report.loadRun))).map((run) => ({ ...run, baseline }));
  const folder = textOf(values.history);
  const history = folder === undefined ? [] : await report.loadHistory(folder, runs, paths);
  const out = textOf(values.out) ?? join(resultsFolder, 'report.html');
  const written = [out];
  await tellUnwritable(out, report.writeHtmlReport({ runs, history, out }));
  const junit = textOf(values.junit);
  if (junit !== undefined) {
    await tellUnwritable(junit, writeWhole(junit, report.formatJUnit(runs)));
    written.push(junit);
  }
  if (comment !== undefined) {
    await tellUnwritable(comment, writeWhole(comment, report.formatComment(runs, about)));
    written.push(comment);
  }
  const inActions = env.GITHUB_ACTIONS === 'true';
  if (values.annotations === true || inActions) stdout.write(report.formatAnnotations(runs));
  const summary = textOf(values.summary) ?? (inActions ? env.GITHUB_STEP_SUMMARY : undefined);
  if (summary) await tellUnwritable(summary, appendFile(summary, report.formatJobSummary(runs)));
  const names = written.map((path) => relative(process.cwd(), path) || path);
  stdout.write(
    `Wrote ${names.join(' and ')}: ${runs.length === 1 ? 'one run' : `${runs.length} runs side by side`}.\n`,
  );
  for (const run of runs) stdout.write(`${report.verdictOfRun(run).sentence}\n`);
  return 0;
}

/** Checked before anything is written. */
function commentOptions(values: CommandContext['values']): report.CommentOptions {
  const commit = textOf(values.commit);
  const page = textOf(values['page-url']);
  const url = page === undefined ? null : URL.parse(page);
  if (page !== undefined && url?.protocol !== 'https:')
    throw new CliError('BAD_USAGE', `--page-url=${page} is no address that begins with https://.`);
  if (textOf(values.comment) === undefined && (commit !== undefined || url !== null))
    throw new CliError('BAD_USAGE', '--commit and --page-url are for the comment: name its file with --comment=FILE.');
  return { commit, pageUrl: url?.href };
}

function textOf(value: CommandValue): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
