import { writeWhole } from '@wirewrap/repl-driver/basics';
import type { CorpusResult } from './corpus-case.ts';
import type { CorpusRecord } from './corpus-record.ts';

/** What a verifier made of one case, in the words of x509-limbo. `HANG` is its fourth word; a board that hangs is `SKIPPED` here. */
export type LimboActualResult = 'SUCCESS' | 'FAILURE' | 'SKIPPED';

/** x509-limbo's own file of results (`LimboResult` in its `models.py`): what its site reads for a column. */
export interface LimboResult {
  readonly version: 1;
  /** Names the verifier, such as `micropython-1.26.1-esp32`. */
  readonly harness: string;
  readonly results: readonly {
    readonly id: string;
    readonly actual_result: LimboActualResult;
    /** Why it failed or was skipped; null where the chain was accepted. */
    readonly context: string | null;
  }[];
}

function actualOf({ label, expected }: CorpusResult): LimboActualResult {
  if (label === 'skipped' || label === 'undeliverable') return 'SKIPPED';
  const accepted = label === 'accepts-invalid' || (label === 'agrees' && expected === 'accept');
  return accepted ? 'SUCCESS' : 'FAILURE';
}

/** x509-limbo holds BetterTLS's cases as `bettertls::SUITE::tcN`; the export of BetterTLS only has suite and number. */
function limboId(id: string, corpus: string): string {
  return corpus.startsWith('bettertls') ? `bettertls::${id.replace(/::(?=\d+$)/, '::tc')}` : id;
}

/**
 * The results of a record in x509-limbo's format; what the board was not asked is `SKIPPED` with the reason.
 *
 * @example limboResultOf(await readCorpusRecord('results/corpus.json')).harness; // 'micropython-1.26.1-esp32'
 */
export function limboResultOf({ corpus, board, results }: CorpusRecord): LimboResult {
  return {
    version: 1,
    harness: ['micropython', board.version ?? 'unknown', board.platform ?? 'unknown'].join('-'),
    results: results.map((result) => {
      const actual = actualOf(result);
      const context = actual === 'SUCCESS' ? null : result.observed;
      return { id: limboId(result.id, corpus.name), actual_result: actual, context };
    }),
  };
}

/**
 * Writes the results of a record for x509-limbo, whole.
 *
 * @example await writeLimboResult('results/limbo.json', await readCorpusRecord('results/corpus.json'));
 */
export async function writeLimboResult(path: string, record: CorpusRecord): Promise<void> {
  await writeWhole(path, `${JSON.stringify(limboResultOf(record), null, 2)}\n`);
}
