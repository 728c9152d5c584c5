import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { retry, writeWhole } from '@wirewrap/repl-driver/basics';
import type { AnySuiteName } from '../cases/suite-names.ts';
import { ConformanceError } from '../errors.ts';

/** Milliseconds between two looks for what another suite observed. */
const LOOK_MS = 50;

/** Milliseconds for a suite that runs side by side to come to its end: the longest takes 20 s on an idle machine. */
const LONGEST_SUITE_MS = 900_000;

/** Milliseconds for a test that judges what several suites observed. */
export const SHARED_CLAIM_MS: number = LONGEST_SUITE_MS + 60_000;

/** What suites in processes of their own tell each other: a file each, once all of its cases were asked. */
export class SharedObservations {
  readonly #folder: string;

  /** `folder`: one of the run's own. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  #pathOf(suite: AnySuiteName): string {
    return join(this.#folder, `${suite}.json`);
  }

  /** Tells the others what the cases of a suite showed. */
  async tell(suite: AnySuiteName, observations: readonly (readonly [id: string, value: unknown])[]): Promise<void> {
    await writeWhole(this.#pathOf(suite), JSON.stringify(observations));
  }

  /**
   * Waits until the cases of a suite were asked, and gives what they showed. `deadlineMs`: default 15 minutes.
   *
   * @throws ConformanceError `BOARD_GONE` when the process of that suite has not come to its end by then
   */
  async of(
    suite: AnySuiteName,
    { deadlineMs = LONGEST_SUITE_MS }: { readonly deadlineMs?: number } = {},
  ): Promise<(readonly [id: string, value: unknown])[]> {
    const look = async () => JSON.parse(await readFile(this.#pathOf(suite), 'utf8'));
    try {
      return await retry(look, { pauseMs: LOOK_MS, deadlineMs });
    } catch (cause) {
      const waited = `the cases of the suite ${suite}, which runs beside this one, to be asked`;
      throw new ConformanceError('BOARD_GONE', `Waited ${deadlineMs / 1000} s for ${waited}; its process is gone.`, {
        cause,
      });
    }
  }
}
