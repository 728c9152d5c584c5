import type { CaseDetail, ObservationChange, Safety } from '@wirewrap/conformance';
import type { ClaimTone } from './tones.ts';

/** One run as a column of the page. */
export interface RunView {
  /** Short: `MicroPython 1.26.1`; made distinct where two runs would read the same. */
  readonly name: string;
  /** The machine, and what it is when it is not hardware. */
  readonly board: string;
  readonly simulated: boolean;
  readonly startedAt: string | null;
  /** What the record says of the board, as rows. */
  readonly facts: readonly (readonly [string, string])[];
  readonly tones: Readonly<Record<ClaimTone, number>>;
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number } | null;
  readonly observations: number;
  /** What is typed after `--board=`; null when the record does not say it. */
  readonly url: string | null;
  readonly red: boolean;
  /** The verdict, holes, changes and losses in one sentence. */
  readonly sentence: string;
  /** Findings that the run shows. */
  readonly counts: Readonly<Record<'hole' | 'crash' | 'trap', number>>;
  /** What differs from the run's baseline; null without one. */
  readonly changes: ChangesView | null;
}

/** What changed against a baseline. */
export interface ChangesView {
  readonly baseline: string;
  readonly list: readonly {
    readonly case: string;
    readonly change: ObservationChange['change'];
    readonly before: string;
    readonly after: string;
  }[];
  readonly same: number;
  readonly notCompared: number;
}

export interface ClaimCell {
  readonly tone: ClaimTone;
  /** The worst of the claim's cases. */
  readonly safety: Safety;
  readonly observed: string;
  readonly reason: string | null;
}

export interface ClaimView {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
  readonly role: string;
  readonly statement: string;
  readonly cases: readonly string[];
  /** By run; null where the run does not know the claim. */
  readonly cells: readonly (ClaimCell | null)[];
  /** Whether the runs' verdicts or facts differ. */
  readonly differs: boolean;
}

export interface CaseCell {
  readonly safety: Safety;
  readonly summary: string;
  readonly status: CaseDetail['status'] | null;
}

export interface CaseRow {
  readonly id: string;
  readonly group: string;
  readonly cells: readonly (CaseCell | null)[];
  readonly differs: boolean;
}

export interface FindingView {
  readonly id: string;
  readonly severity: 'hole' | 'crash' | 'trap' | 'deviation';
  readonly title: string;
  readonly versions: string;
  readonly advice: string;
  readonly cases: readonly string[];
  readonly claim: string | null;
  /** By run: seen, not seen, or not shown by that run. */
  readonly seen: readonly (boolean | null)[];
  readonly observed: readonly (string | null)[];
}

/** A test that failed: the case could not be judged, or the test is wrong. */
export interface FailureView {
  readonly case: string;
  readonly run: number;
  readonly failureClass: string;
  /** The first line of the error. */
  readonly error: string;
}

export interface SeriesPoint {
  readonly value: number;
  /** Index of the run on the page; null for an earlier run. */
  readonly run: number | null;
  readonly label: string;
}

/** One measurement of one case over earlier runs and those on the page. */
export interface Series {
  readonly case: string;
  readonly name: string;
  readonly unit: string;
  readonly points: readonly SeriesPoint[];
}

/** All values of one measurement, a list for each run (earlier ones first). */
export interface Distribution {
  readonly name: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly label: string;
    readonly run: number | null;
    readonly values: readonly { readonly case: string; readonly value: number }[];
    readonly median: number;
  }[];
}

/** A run against the earlier ones. */
export interface TrendView {
  /** Red claims, changes and losses, a line each. */
  readonly lines: readonly Series[];
  /** Since when each red claim is red, by id, in words. */
  readonly claims: Readonly<Record<string, string>>;
  /** Since when each changed case differs from the baseline, by id, in words. */
  readonly cases: Readonly<Record<string, string>>;
}

export interface PageModel {
  readonly runs: readonly RunView[];
  readonly findings: readonly FindingView[];
  readonly failures: readonly FailureView[];
  readonly claims: readonly ClaimView[];
  readonly cases: readonly CaseRow[];
  readonly distributions: readonly Distribution[];
  /** By run; null without earlier runs. */
  readonly trends: readonly (TrendView | null)[];
}

/** What a case poses, in words. */
export interface QuestionView {
  readonly posed: string;
  readonly wrong: string | null;
  readonly careful: string;
  /** What a suite of others sees further; left out where none does. */
  readonly others?: string;
}

/** What the page's script needs once a case or claim is opened. */
export interface PageData {
  readonly runs: readonly RunView[];
  readonly claims: readonly ClaimView[];
  readonly cases: readonly CaseRow[];
  /** By run, by case. */
  readonly details: readonly Readonly<Record<string, CaseDetail>>[];
  /** By run, by case: the canonical observation. */
  readonly values: readonly Readonly<Record<string, unknown>>[];
  readonly series: readonly Series[];
  /** By case. */
  readonly questions: Readonly<Record<string, QuestionView>>;
}
