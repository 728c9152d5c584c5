import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** `wirewrap corpus limbo --file PATH`: certificate chains of others against the board. */
export const corpusCommand: Command = {
  name: 'corpus',
  summary: "Run x509-limbo's or BetterTLS's certificate chains against the board.",
  positionals: 'limbo',
  options: {
    file: { type: 'string', placeholder: 'PATH', description: 'limbo.json, or the JSON of bettertls export-tests.' },
    board: { type: 'string', placeholder: 'URL', description: 'The board (default: WIREWRAP_BOARD, else virtual).' },
    output: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Where the record goes (default: results/corpus.json).',
    },
    only: { type: 'string', placeholder: 'TEXT', description: 'Only cases whose id holds this text.' },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'A reviewed record; a label that differs gives exit code 1.',
    },
    keyless: { type: 'boolean', description: 'List cases without a private key too (undeliverable).' },
    restart: { type: 'boolean', description: 'Start anew although a run was interrupted.' },
    json: { type: 'boolean', description: 'Print the record as JSON.' },
  },
  notes: [
    'Labels: agrees, accepts-invalid, rejects-valid, undeliverable (the host cannot serve it), skipped (with the reason).',
    'An interrupted run goes on where it stopped when it is started again with the same file, board and output.',
    'Exit code 0: done. 1: labels differ from the baseline. 2: bad input. 130: interrupted.',
  ],
  async run({ values, positionals, stdout, stderr, env, signal }) {
    if (positionals.length !== 1 || positionals[0] !== 'limbo') {
      throw new CliError('BAD_USAGE', 'wirewrap corpus knows one corpus command: wirewrap corpus limbo --file PATH.');
    }
    const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
    const file = text('file');
    if (file === undefined) throw new CliError('BAD_USAGE', 'wirewrap corpus limbo needs --file PATH (limbo.json).');
    const { compareCorpus, formatCorpusRecord, readCorpusRecord, runLimboCorpus } = await import(
      '@wirewrap/conformance'
    );
    const baseline = text('baseline');
    const reviewed = baseline === undefined ? null : await readCorpusRecord(baseline);
    try {
      const record = await runLimboCorpus({
        file,
        board: text('board') ?? (env.WIREWRAP_BOARD || 'virtual'),
        output: text('output'),
        only: text('only'),
        keyless: values.keyless === true,
        restart: values.restart === true,
        signal,
        onProgress: ({ done, total, leftMs, result }) => {
          const left = leftMs === null ? '' : `, ${minutes(leftMs)} left`;
          if (stderr.isTTY) stderr.write(`\r\x1b[K${done}/${total}${left}  ${result.label}  ${result.id}`);
          else if (done % 25 === 0 || done === total) stderr.write(`${done}/${total}${left}\n`);
        },
      });
      if (stderr.isTTY) stderr.write('\r\x1b[K');
      stdout.write(values.json === true ? `${JSON.stringify(record, null, 2)}\n` : formatCorpusRecord(record));
      const changes = reviewed === null ? [] : compareCorpus(reviewed, record);
      for (const { id, before, after } of changes)
        stdout.write(`changed  ${id}: ${before ?? '-'} -> ${after ?? '-'}\n`);
      return changes.length > 0 ? 1 : 0;
    } catch (error) {
      if (!signal.aborted) throw error;
      stderr.write('\nInterrupted; the same command goes on from here.\n');
      return 130;
    }
  },
};
