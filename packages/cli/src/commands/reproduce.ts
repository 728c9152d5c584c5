import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { JSON_OPTION, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

/** `wirewrap reproduce FINDING`: the smallest program of a hole, crash or trap, run on a board. */
export const reproduceCommand: Command = {
  name: 'reproduce',
  summary: 'Run the smallest program of a hole, crash or trap on the board and print both ends.',
  positionals: '[FINDING]',
  options: {
    ...BOARD_OPTIONS,
    json: JSON_OPTION,
    wait: WAIT_OPTION,
  },
  notes: [
    'Without FINDING it lists them; docs/upstream holds a page for each.',
    'Example: wirewrap reproduce crash-cipher-before-handshake --board=/dev/ttyUSB0',
    'Exit code: 0 the firmware has it, 1 it was not seen, 2 bad input or no board.',
  ],
  async run({ values, positionals, env, stdout, stderr, signal }) {
    const { FINDINGS, formatReproduction, reproduce, UPSTREAM_REPORTS } = await import('@wirewrap/conformance');
    const [id, ...more] = positionals;
    if (more.length > 0) throw new CliError('BAD_USAGE', 'wirewrap reproduce takes one finding at a time.');
    if (id === undefined) {
      const listed = FINDINGS.map(({ id, severity, title }) => ({ id, severity, title }));
      const lines = listed.map((each) => `${each.severity.padEnd(5)}  ${each.id}\n       ${each.title}\n`);
      stdout.write(values.json === true ? `${JSON.stringify(listed, null, 2)}\n` : lines.join(''));
      return 0;
    }
    const report = UPSTREAM_REPORTS.find(({ finding }) => finding === id);
    if (!report) throw await unknownFinding(id);
    const { createPki } = await import('@wirewrap/certgen');
    const { wireStoryOf } = await import('@wirewrap/tls-lab');
    const { openBench } = await import('../tools/open-bench.ts');
    const { workspaceRoot } = await import('../repository.ts');
    await using bench = await openBench({ values, env, signal, stderr }, 'reproduce');
    const { board, network, line } = bench;
    const pki = createPki({ cacheFolder: `${workspaceRoot}/certs` });
    const done = await reproduce(report, { board, network, pki, signal });
    line.show('');
    // The transcript holds the keys of the connection; its story does not.
    const asJson = { ...done, wire: done.wire && wireStoryOf(done.wire).split('\n') };
    stdout.write(values.json === true ? `${JSON.stringify(asJson, null, 2)}\n` : formatReproduction(done));
    return done.shown ? 0 : 1;
  },
};

async function unknownFinding(typed: string): Promise<CliError> {
  const { didYouMean } = await import('@wirewrap/certgen/near-words');
  const { UPSTREAM_REPORTS } = await import('@wirewrap/conformance');
  const findings = UPSTREAM_REPORTS.map(({ finding }) => finding);
  const hint = didYouMean(findings, typed) ?? '`wirewrap reproduce` lists them.';
  return new CliError('BAD_USAGE', `There is no finding '${typed}'; ${hint}`);
}
