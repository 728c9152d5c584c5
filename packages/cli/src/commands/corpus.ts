import { join } from 'node:path';
import type { Command } from '../command.ts';
import { boardOptions } from '../config/board-options.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { tellUnwritable } from '../unwritable.ts';

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
    ...boardOptions,
    out: {
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
    wait: { type: 'boolean', description: 'Queue until the board is free.' },
  },
  notes: [
    'Labels: agrees, accepts-invalid, rejects-valid, undeliverable (the host cannot serve it), skipped (with the reason).',
    'An interrupted run goes on where it stopped when it is started again with the same file, board and output.',
    'Example: wirewrap corpus limbo --file=limbo.json --out=results/corpus.json',
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
    const { resolveBoard } = await import('../config/board-target.ts');
    const { prepareBoard } = await import('@wirewrap/boards');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const baseline = text('baseline');
    const only = text('only');
    const whole = baseline === undefined ? null : await readCorpusRecord(baseline);
    const reviewed = whole && { ...whole, results: whole.results.filter(({ id }) => id.includes(only ?? '')) };
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const output = text('out') ?? join(resultsFolder, 'corpus.json');
    const line = new StatusLine(stderr);
    await using stack = new AsyncDisposableStack();
    const onWait = (holder: string): void => line.write(`waiting for ${holder}\n`);
    const lease = { purpose: 'wirewrap corpus', wait: values.wait === true, onWait };
    const prepared = stack.use(await prepareBoard(target, { lease, signal, onProgress: (what) => line.show(what) }));
    try {
      const run = runLimboCorpus({
        file,
        board: await prepared.handOver(),
        output,
        only,
        keyless: values.keyless === true,
        restart: values.restart === true,
        signal,
        onProgress: ({ done, total, leftMs, result }) => {
          const left = leftMs === null ? '' : `, ${minutes(leftMs)} left`;
          line.show(`${done}/${total}${left}  ${result.label}  ${result.id}`);
          if (!line.live && (done % 25 === 0 || done === total)) line.write(`${done}/${total}${left}\n`);
        },
      });
      const record = await tellUnwritable(output, run);
      line.show('');
      stdout.write(values.json === true ? `${JSON.stringify(record, null, 2)}\n` : formatCorpusRecord(record));
      const changes = reviewed === null ? [] : compareCorpus(reviewed, record);
      for (const { id, before, after } of changes)
        stdout.write(`changed  ${id}: ${before ?? '-'} -> ${after ?? '-'}\n`);
      return changes.length > 0 ? 1 : 0;
    } catch (error) {
      line.show('');
      if (!signal.aborted) throw error;
      line.write('Interrupted; the same command goes on from here.\n');
      return 130;
    }
  },
};
