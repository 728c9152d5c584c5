import { appendFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Command, CommandValue } from '../command.ts';
import { resultsFolder } from '../repository.ts';
import { tellUnwritable } from '../unwritable.ts';

function textOf(value: CommandValue): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write the HTML page of one or several runs, JUnit XML, and what GitHub shows.',
  positionals: '[RUN.json …]',
  options: {
    out: { type: 'string', placeholder: 'FILE', description: 'The page. Default: results/report.html.' },
    junit: { type: 'string', placeholder: 'FILE', description: 'Write JUnit XML too.' },
    history: {
      type: 'string',
      placeholder: 'FOLDER',
      description: 'Earlier run records for the plots, oldest name first.',
    },
    summary: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Append a summary in Markdown. Default in GitHub Actions: $GITHUB_STEP_SUMMARY.',
    },
    annotations: { type: 'boolean', description: 'Print GitHub annotations. Default in GitHub Actions.' },
  },
  notes: [
    'Several runs stand side by side, in the order given. Default: results/latest.json.',
    'Details are read from RUN.details.json beside each record when it is there.',
    'Exit code: 0 written, 2 bad input. Whether a run is green is told by `wirewrap test`.',
  ],
  async run({ values, positionals, stdout, env }) {
    const report = await import('../report/index.ts');
    const { writeWhole } = await import('@wirewrap/conformance');
    const paths = positionals.length > 0 ? positionals : await report.latestRecords(resultsFolder);
    const runs = await Promise.all(paths.map(report.loadRun));
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
    const inActions = env.GITHUB_ACTIONS === 'true';
    if (values.annotations === true || inActions) stdout.write(report.formatAnnotations(runs));
    const summary = textOf(values.summary) ?? (inActions ? env.GITHUB_STEP_SUMMARY : undefined);
    if (summary) await tellUnwritable(summary, appendFile(summary, report.formatJobSummary(runs)));
    const names = written.map((path) => relative(process.cwd(), path) || path);
    stdout.write(
      `Wrote ${names.join(' and ')}: ${runs.length === 1 ? 'one run' : `${runs.length} runs side by side`}.\n`,
    );
    return 0;
  },
};
