import { resolve } from 'node:path';
import { apart, type BoardSettings, parseBoard } from '@wirewrap/boards';
import { CliError } from '../errors.ts';
import { shellWord } from '../report/shell-word.ts';
import type { Candidate } from './candidate.ts';

/** Stands for the file of a firmware in a board's URL, and in its `start` command. */
export const FIRMWARE = '{firmware}';

/** Whether a board is started with each firmware, so that nothing is flashed. */
export function takesFirmware({ url, start }: BoardSettings): boolean {
  return url.includes(FIRMWARE) || (start?.command.includes(FIRMWARE) ?? false);
}

/** The board with a firmware's file where `{firmware}` stands. */
export function withFirmware(board: BoardSettings, file: string, label: string): BoardSettings {
  const { url, place: _place, start, ...extras } = apart(board);
  const path = resolve(file);
  const started = start && { ...start, command: start.command.replaceAll(FIRMWARE, shellWord(path)) };
  const filled = url.replaceAll(FIRMWARE, encodeURIComponent(path));
  return parseBoard(filled, { ...extras, label, ...(started ? { start: started } : {}) });
}

/** What cannot come onto the board is refused before anything is flashed. */
export function requireFitting(candidates: readonly Candidate[], board: BoardSettings | null): void {
  for (const { name, source } of candidates) {
    if (source.kind === 'board') continue;
    if (board === null) {
      throw new CliError('BAD_USAGE', `Name the board that ${name} is to run on, by --board=BOARD.`);
    }
    if (takesFirmware(board) || source.kind !== 'file') continue;
    const remedy = `put ${FIRMWARE} into the board's URL, such as --board='virtual?micropython=${FIRMWARE}'`;
    throw new CliError('BAD_USAGE', `${name} is not an image that is flashed (.bin); ${remedy}.`);
  }
}
