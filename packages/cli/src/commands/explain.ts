import type { Command } from '../command.ts';
import { jsonOption } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Explain one case of a run: what it tests, what the board did, and what that means.',
  positionals: 'CASE [RUN.json]',
  options: { json: jsonOption('the case, with both ends of each handshake') },
  notes: [
    'Default: the newest record in results/ whose run asked the case.',
    'Example: wirewrap explain client/default/expired',
    'Exit code: 0 explained, 2 bad input.',
  ],
  async run({ values, positionals, stdout }) {
    const [id, named, ...more] = positionals;
    if (id === undefined || more.length > 0) {
      throw new CliError('BAD_USAGE', 'wirewrap explain takes a case and a record: wirewrap explain CASE [RUN.json].');
    }
    const { requireCase, explainCase } = await import('../explain/explain-case.ts');
    const { formatExplanation } = await import('../explain/format-explanation.ts');
    const { newestRecordOf } = await import('../explain/find-record.ts');
    const { loadRun } = await import('../report/load-runs.ts');
    const { resultsFolder } = await import('../repository.ts');
    requireCase(id);
    const path = named ?? (await newestRecordOf(id, resultsFolder));
    const explanation = explainCase(id, await loadRun(path), path);
    stdout.write(values.json ? `${JSON.stringify(explanation, null, 2)}\n` : formatExplanation(explanation));
    return 0;
  },
};
