import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '@wirewrap/repl-driver/basics';
import { instead } from '../debug.ts';
import type { NightVerdict } from './night-verdict.ts';

export const STATE_SCHEMA = 'wirewrap.nightly/1';

const STEP_NAMES = ['lease', 'health', 'flash', 'test', 'compare', 'report', 'release'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** One step of a nightly run as it is kept. */
export interface FinishedStep {
  readonly step: StepName;
  readonly status: 'done' | 'skipped' | 'failed' | 'interrupted';
  /** 1 unless it was retried. */
  readonly attempts: number;
  /** Its outcome, in one line. */
  readonly detail: string;
  readonly exitCode: number;
  readonly endedAt: string;
}

/** `nightly.json`: what a run is about and how far it came. */
export interface NightlyState {
  readonly schema: string;
  readonly board: string;
  /** SHA-256 of the firmware; null when none is flashed. */
  readonly firmware: string | null;
  readonly startedAt: string;
  readonly steps: readonly FinishedStep[];
  /** What the night found: red claims by name, what changed, since when. Absent until the report is made. */
  readonly verdict?: NightVerdict;
}

export function statePath(folder: string): string {
  return join(folder, 'nightly.json');
}

export async function readState(folder: string): Promise<NightlyState | null> {
  try {
    const state = JSON.parse(await readFile(statePath(folder), 'utf8')) as NightlyState;
    return state.schema === STATE_SCHEMA && Array.isArray(state.steps) ? state : null;
  } catch (error) {
    return instead(null, `reading the state of ${folder}`)(error);
  }
}

export async function writeState(folder: string, state: NightlyState): Promise<void> {
  await writeWhole(statePath(folder), `${JSON.stringify(state, null, 2)}\n`);
}

/** A finished step of an interrupted run of the same board and firmware; it is not done again. */
export function finishedStep(
  state: NightlyState | null,
  board: string,
  firmware: string | null,
  step: StepName,
): FinishedStep | undefined {
  if (state?.board !== board || state.firmware !== firmware) return undefined;
  // A run that came to its end is over: the next night starts from the beginning.
  if (state.steps.some((record) => record.step === 'release' && record.status === 'done')) return undefined;
  return state.steps.find(
    (record) => record.step === step && (record.status === 'done' || record.status === 'skipped'),
  );
}

export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
