import { cpus, loadavg } from 'node:os';
import { parseBoard } from '@wirewrap/boards';
import { runSplit, selectCases } from '@wirewrap/conformance';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';

/** Boards of each measurement. */
const BOARDS = [1, 2, 4, 8];

interface Row {
  readonly boards: number;
  /** Seconds from the first case to the last answer: boards that are started already. */
  readonly seconds: number;
  readonly msPerCase: number;
  /** Against one board. */
  readonly speedUp: number;
  /** Seconds of the clock that starting the boards took. */
  readonly startSeconds: number;
  /** Fewest and most cases that one board answered. */
  readonly shares: string;
}

/**
 * `pnpm bench lab [--only GLOB] [--json FILE]`: what a run gains by virtual boards that share its cases. More boards than
 * cores gain by the cases that wait; the table says how many cores there are.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = await readOptions(args, { only: { kind: 'text' }, json: { kind: 'output' } });
  const only = options.text('only');
  const selection = only === undefined ? {} : { cases: [only] };
  const cases = selectCases(selection).length;
  console.log(
    `${cases} cases, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load average ${loadavg()[0]?.toFixed(1)}`,
  );
  const rows: Row[] = [];
  let reference: string | undefined;
  for (const count of BOARDS) {
    const boards = Array.from({ length: count }, (_, i) => parseBoard('virtual', { label: `virtual#${i + 1}` }));
    const asked = performance.now();
    let readyMs = asked;
    const onReady = (): void => {
      readyMs = performance.now();
    };
    let endMs = asked;
    const onAnswer = (): void => {
      endMs = performance.now();
    };
    const { record } = await runSplit({ boards, selection, startedAt: new Date(), onReady, onAnswer });
    const shown = JSON.stringify(record.observations);
    reference ??= shown;
    if (shown !== reference) console.log(`${count} boards did not show the same as one: an observation differs.`);
    const seconds = (endMs - readyMs) / 1000;
    const shares = (record.run?.boards ?? []).map((board) => board.cases);
    rows.push({
      boards: count,
      seconds: rounded(seconds),
      msPerCase: rounded((1000 * seconds) / cases),
      speedUp: rounded((rows[0]?.seconds ?? seconds) / seconds),
      startSeconds: rounded((readyMs - asked) / 1000),
      shares: `${Math.min(...shares)} to ${Math.max(...shares)}`,
    });
    console.table(rows.slice(-1));
  }
  console.table(rows);
  await writeJson(options.text('json'), rows);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
