import { createHash } from 'node:crypto';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { acquireSession, type BoardSession, type BoardSettings } from '@wirewrap/boards';
import { createPki, type Pki } from '@wirewrap/certgen';
import { type HostClock, hostClock, makeFolder } from '@wirewrap/repl-driver/basics';
import { createTlsLab } from '@wirewrap/tls-lab';
import { instead } from '../debug.ts';
import { ConformanceError } from '../errors.ts';
import { CORPUS_SCHEMA } from '../record/results-file.ts';
import { boardFacts } from '../suite/board-facts.ts';
import type { CorpusCase, CorpusResult } from './corpus-case.ts';
import { type CorpusRecord, writeCorpusRecord } from './corpus-record.ts';
import { readCorpus } from './read-corpus.ts';
import { runCorpusCase } from './run-corpus-case.ts';

/** How far a run of a corpus has come. */
export interface CorpusProgress {
  readonly done: number;
  readonly total: number;
  /** Milliseconds that the rest will take at the pace so far; null at the beginning. */
  readonly leftMs: number | null;
  readonly result: CorpusResult;
}

/** Which certificates of a corpus a board is asked, and how. */
export interface CorpusOptions {
  /** `limbo.json`, or the JSON of `bettertls export-tests`. */
  readonly file: string;
  readonly board: BoardSettings;
  /** Where the record goes. Default `results/corpus.json`. Beside it lies the state of an unfinished run. */
  readonly output?: string;
  /** Only cases whose id holds this text. */
  readonly only?: string;
  /** Cases without the peer's private key too (they are `undeliverable`). Default false. */
  readonly keyless?: boolean;
  /** Starts from the beginning although a run was interrupted. Default false. */
  readonly restart?: boolean;
  readonly pki?: Pki;
  readonly onProgress?: (progress: CorpusProgress) => void;
  /** Stops after the case that runs; the next call goes on from there. */
  readonly signal?: AbortSignal;
}

/** What makes a run the same run: corpus, board and firmware. The state's first line. */
function runKey(digest: string, board: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify([digest, board.url, board.version, board.build, board.machine]))
    .digest('hex');
}

/** Results of an interrupted run with this key; a torn last line is dropped. */
async function unfinished(path: string, key: string): Promise<Map<string, CorpusResult>> {
  const text = await readFile(path, 'utf8').catch(instead('', `reading ${path}`));
  const [head, ...lines] = text.split('\n');
  if (head !== key) return new Map();
  const whole = text.endsWith('\n') ? lines : lines.slice(0, -1);
  return new Map(
    whole
      .filter((line) => line !== '')
      .map((line): CorpusResult => JSON.parse(line))
      .map((result) => [result.id, result]),
  );
}

async function runCases(
  cases: readonly CorpusCase[],
  done: Map<string, CorpusResult>,
  session: BoardSession,
  options: CorpusOptions,
  keep: (result: CorpusResult) => Promise<void>,
  clock: HostClock = hostClock,
): Promise<void> {
  const pki = options.pki ?? createPki();
  const { capabilities: can } = await boardFacts(session.board, session.url);
  const startedAt = clock.now();
  const before = done.size;
  for (const item of cases) {
    if (done.has(item.id)) continue;
    options.signal?.throwIfAborted();
    await using tls = createTlsLab({ ...session, pki });
    const result = await runCorpusCase(item, { board: session.board, tls, pki, can }, clock);
    done.set(item.id, result);
    await keep(result);
    const now = done.size - before;
    const leftMs = now < 3 ? null : ((clock.now() - startedAt) / now) * (cases.length - done.size);
    options.onProgress?.({ done: done.size, total: cases.length, leftMs, result });
  }
}

/**
 * Runs a corpus of certificate chains against a board over real sockets and writes the record. An aborted run keeps
 * what it has and goes on from there when it is called again with the same file, board and output.
 *
 * @example await runLimboCorpus({ file: 'limbo.json', board: parseBoard('/dev/ttyUSB0'), only: 'rfc5280' });
 * @throws ConformanceError `NO_SUCH_CASE` when no id holds `only`; the codes of `readCorpus` when the file is no corpus.
 */
export async function runLimboCorpus(options: CorpusOptions): Promise<CorpusRecord> {
  const corpus = await readCorpus(options.file);
  const named = corpus.cases.filter(({ id }) => id.includes(options.only ?? ''));
  if (named.length === 0 && corpus.cases.length > 0) {
    throw new ConformanceError(
      'NO_SUCH_CASE',
      `No case of ${options.file} has "${options.only}" in its id; leave it out, or name a part of an id such as "${corpus.cases[0]?.id}"`,
    );
  }
  const chosen = named.filter(({ key }) => options.keyless === true || key !== null);
  const cases = chosen.length > 0 ? chosen : named;
  const output = options.output ?? 'results/corpus.json';
  const statePath = `${output}.unfinished`;
  const session = await acquireSession(options.board);
  try {
    const { board } = await boardFacts(session.board, session.url);
    const key = runKey(corpus.digest, board);
    const done = options.restart === true ? new Map<string, CorpusResult>() : await unfinished(statePath, key);
    await makeFolder(dirname(output));
    if (done.size === 0) await rm(statePath, { force: true });
    if (done.size === 0) await appendFile(statePath, `${key}\n`);
    await runCases(cases, done, session, options, (result) => appendFile(statePath, `${JSON.stringify(result)}\n`));
    const results = cases.flatMap(({ id }) => done.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    const { url: _url, uniqueId: _uniqueId, ...firmware } = board;
    const record: CorpusRecord = {
      schema: CORPUS_SCHEMA,
      corpus: { name: corpus.name, digest: corpus.digest },
      board: firmware,
      results,
    };
    await writeCorpusRecord(output, record);
    await rm(statePath, { force: true });
    return record;
  } finally {
    await session.release();
  }
}
