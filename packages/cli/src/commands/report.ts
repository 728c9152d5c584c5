import type { Command } from '../command.ts';

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write the HTML page of one or several runs, JUnit XML, and what GitHub shows.',
  positionals: '[RUN.json …]',
  options: {
    out: { type: 'string', placeholder: 'FILE', description: 'The page. Default: results/report.html.' },
    junit: { type: 'string', placeholder: 'FILE', description: 'Write JUnit XML too.' },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Reviewed run record: what differs from it is red on the page, in JUnit, summary and annotations.',
    },
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
    comment: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Write a comment for a pull request in Markdown: verdict, changes, flaky cases apart.',
    },
    commit: { type: 'string', placeholder: 'SHA', description: 'The commit that ran, for the comment.' },
    'page-url': { type: 'string', placeholder: 'URL', description: 'Where the page will be found, for the comment.' },
    annotations: { type: 'boolean', description: 'Print GitHub annotations. Default in GitHub Actions.' },
  },
  notes: [
    'Several runs stand side by side, in the order given. Default: results/latest.json.',
    'Details are read from RUN.details.json beside each record when it is there.',
    'Example: wirewrap report --junit=results/junit.xml',
    'Exit code: 0 written, 2 bad input. Whether a run is green, `wirewrap test` says.',
  ],
  async run(context) {
    // Loaded when it is asked for: the page brings its own library along.
    const { writeReport } = await import('../report/write-report.ts');
    return await writeReport(context);
  },
};
