import { readFile } from 'node:fs/promises';
import { ConformanceError } from '../errors.ts';
import { writeWhole } from '../write-whole.ts';
import { CORPUS_LABELS, type CorpusLabel, type CorpusResult } from './corpus-case.ts';

export const CORPUS_SCHEMA = 'wirewrap.corpus/1';

/** What a board made of a corpus; no times, no ports: two runs of one firmware are equal. */
export interface CorpusRecord {
  readonly schema: string;
  readonly corpus: { readonly name: string; readonly digest: string };
  readonly board: Readonly<Record<string, unknown>>;
  readonly results: readonly CorpusResult[];
}

export interface LabelChange {
  readonly id: string;
  readonly before: CorpusLabel | null;
  readonly after: CorpusLabel | null;
}

export async function writeCorpusRecord(path: string, record: CorpusRecord): Promise<void> {
  const { results, ...head } = record;
  const lines = results.map((result) => `    ${JSON.stringify(result)}`).join(',\n');
  await writeWhole(path, `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "results": [\n${lines}\n  ]\n}\n`);
}

export async function readCorpusRecord(path: string): Promise<CorpusRecord> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConformanceError(
      'NO_SUCH_FILE',
      `Cannot read the corpus record ${path} (${error.code}); name a file that wirewrap corpus wrote`,
      { cause: error },
    );
  });
  let record: CorpusRecord;
  try {
    record = JSON.parse(text);
  } catch (error) {
    throw new ConformanceError('NOT_A_RECORD', `${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (record?.schema !== CORPUS_SCHEMA || !Array.isArray(record.results)) {
    throw new ConformanceError(
      'OTHER_SCHEMA',
      `${path} is no ${CORPUS_SCHEMA}; name a file that wirewrap corpus wrote`,
    );
  }
  return record;
}

/** Cases whose label changed, appeared or vanished. */
export function compareCorpus(before: CorpusRecord, after: CorpusRecord): LabelChange[] {
  const old = new Map(before.results.map(({ id, label }) => [id, label]));
  const now = new Map(after.results.map(({ id, label }) => [id, label]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id) => {
    const change = { id, before: old.get(id) ?? null, after: now.get(id) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** Counts by label, then every case on which board and corpus disagree. */
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
