import type { Board } from '../src/index.ts';
import { type FaultyLine, faultyLine } from './faulty-line.ts';
import { type Bench, openBench } from './helpers.ts';

export interface Faulty extends Bench {
  readonly line: FaultyLine;
}

/** A board on a faulty line, with the receiver of files on it and an old file. */
export async function openFaulty(): Promise<Faulty> {
  const line = faultyLine();
  const bench = await openBench({}, { open: line.open });
  await bench.board.files.write('/kept.bin', 'the old file');
  line.streams = line.contentBytes = 0;
  return { ...bench, line, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() };
}

export async function names(board: Board): Promise<string[]> {
  return (await board.files.list('/')).map(({ path }) => path);
}
