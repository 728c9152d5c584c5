import { join, resolve } from 'node:path';
import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import { resultsFolder } from '../repository.ts';
import { requireWritable, tellUnwritable } from '../unwritable.ts';

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** The results must not replace a file that the run reads or writes, and their folder must be there before the run. */
async function requireResults(results: string, others: readonly (string | undefined)[]): Promise<void> {
  const same = others.some((other) => other !== undefined && resolve(other) === resolve(results));
  if (same) throw new CliError('BAD_USAGE', `--results ${results} is another file of this run; name a new one.`);
  await requireWritable(results);
}

/** `wirewrap corpus limbo --file PATH`: certificate chains of others against the board. */
export const corpusCommand: Command = {
  name: 'corpus',
  summary: "Run x509-limbo's or BetterTLS's certificate chains against the board.",
  positionals: 'limbo',
  options: {
    file: { type: 'string', placeholder: 'PATH', description: 'limbo.json, or the JSON of bettertls export-tests.' },
    ...BOARD_OPTIONS,
    out: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Where the record goes (default: results/corpus.json).',
    },
    results: {
      type: 'string',
      placeholder: 'FILE',
      description: "Also write the results in x509-limbo's own format, for its table of verifiers.",
    },
    only: { type: 'string', placeholder: 'TEXT', description: 'Only cases whose id holds this text.' },
    baseline: {
      type: 'string',
      placeholder: 'FILE',
      description: 'A reviewed record; a label that differs gives exit code 1.',
    },
    keyless: { type: 'boolean', description: 'List cases without a private key too (undeliverable).' },
    restart: { type: 'boolean', description: 'Start from the beginning although a run was interrupted.' },
    json: jsonOption('the record, and with --baseline what changed'),
    wait: WAIT_OPTION,
  },
  notes: [
    'Labels: agrees, accepts-invalid, rejects-valid, undeliverable (the host cannot serve it), skipped (with the reason).',
    'An interrupted run goes on where it stopped when it is started again with the same file, board and output.',
    'Example: wirewrap corpus limbo --file=limbo.json --out=results/corpus.json',
    'Exit code 0: done. 1: labels differ from the baseline. 2: bad input. 130: interrupted.',
  ],
  async run({ values, positionals, stdout, stderr, env, signal }) {
    if (positionals.length !== 1 || positionals[0] !== 'limbo') {
      throw new CliError(
        'BAD_USAGE',
        'Name the format, which is limbo for BetterTLS too: wirewrap corpus limbo --file=PATH.',
      );
    }
    const text = textsOf(values);
    const file = text('file');
    if (file === undefined)
      throw new CliError(
        'BAD_USAGE',
        'wirewrap corpus limbo needs --file=PATH: limbo.json, or the JSON of bettertls export-tests.',
      );
    const { compareCorpus, formatCorpusRecord, readCorpusRecord, runLimboCorpus, writeLimboResult } = await import(
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
    const results = text('results');
    if (results !== undefined) await requireResults(results, [file, output, baseline]);
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
      if (results !== undefined) await tellUnwritable(results, writeLimboResult(results, record));
      line.show('');
      const changes = reviewed === null ? [] : compareCorpus(reviewed, record);
      if (values.json === true) {
        const compared = reviewed === null ? record : { ...record, changes };
        stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
      } else {
        stdout.write(formatCorpusRecord(record));
        for (const { id, before, after } of changes)
          stdout.write(`changed  ${id}: ${before ?? '-'} -> ${after ?? '-'}\n`);
      }
      return changes.length > 0 ? 1 : 0;
    } catch (error) {
      line.show('');
      if (!signal.aborted) throw error;
      line.write('Interrupted; the same command goes on from here.\n');
      return 130;
    }
  },
};
