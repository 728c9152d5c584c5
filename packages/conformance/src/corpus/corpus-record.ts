import { CORPUS_SCHEMA, readResultsFile, writeResultsFile } from '../record/results-file.ts';
import { CORPUS_LABELS, type CorpusLabel, type CorpusResult } from './corpus-case.ts';

/** What a board made of a corpus; no times, no ports: two runs of one firmware are equal. */
export interface CorpusRecord {
  readonly schema: string;
  readonly corpus: { readonly name: string; readonly digest: string };
  readonly board: Readonly<Record<string, unknown>>;
  readonly results: readonly CorpusResult[];
}

/** A case of a corpus that got another label than in the record before. */
export interface LabelChange {
  readonly id: string;
  readonly before: CorpusLabel | null;
  readonly after: CorpusLabel | null;
}

export function writeCorpusRecord(path: string, record: CorpusRecord): Promise<void> {
  return writeResultsFile(path, record);
}

/**
 * Reads the record of a run of a corpus.
 *
 * @example const { results } = await readCorpusRecord('results/corpus.json');
 * @throws ConformanceError `NO_SUCH_FILE`, `NOT_A_RECORD` or `OTHER_SCHEMA` when `wirewrap corpus` did not write the file.
 */
export function readCorpusRecord(path: string): Promise<CorpusRecord> {
  return readResultsFile(path, { schema: CORPUS_SCHEMA, command: 'wirewrap corpus' });
}

/**
 * Cases whose label changed, appeared or vanished.
 *
 * @example compareCorpus(before, after); // [{ id: 'rfc5280::…', before: 'agrees', after: 'rejects-valid' }]
 */
export function compareCorpus(before: CorpusRecord, after: CorpusRecord): LabelChange[] {
  const old = new Map(before.results.map(({ id, label }) => [id, label]));
  const now = new Map(after.results.map(({ id, label }) => [id, label]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id) => {
    const change = { id, before: old.get(id) ?? null, after: now.get(id) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/**
 * Counts by label, then every case on which board and corpus disagree.
 *
 * @example process.stdout.write(formatCorpusRecord(await readCorpusRecord('results/corpus.json')));
 */
export function formatCorpusRecord(record: CorpusRecord): string {
  const count = (label: CorpusLabel): number => record.results.filter((result) => result.label === label).length;
  const lines = [
    `${record.corpus.name}: ${record.results.length} cases`,
    ...CORPUS_LABELS.map((label) => `  ${label.padEnd(16)} ${count(label)}`),
  ];
  for (const label of ['accepts-invalid', 'rejects-valid'] as const) {
    const of = record.results.filter((result) => result.label === label);
    if (of.length > 0) lines.push('', `${label}:`, ...of.map(({ id, observed }) => `  ${id}  ${observed}`));
  }
  return `${lines.join('\n')}\n`;
}
