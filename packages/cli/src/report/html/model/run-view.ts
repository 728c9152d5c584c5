import {
  type ClaimResult,
  type Comparison,
  describeValue,
  findingsOf,
  footprintRows,
  profileRows,
  type RunRecord,
  redReason,
} from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import { verdictOfRun } from '../../verdict/verdict-of-run.ts';
import type { ChangesView, RunView } from './page-model.ts';
import { CLAIM_TONES, type ClaimTone } from './tones.ts';

type Board = Readonly<Record<string, unknown>>;

function text(board: Board, field: string): string | null {
  const value = board[field];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

function record(value: unknown): Board {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Board) : {};
}

/** `unexplained`, `intermittent` and `gone` are what turns a run red. */
export function claimTone(claim: ClaimResult): ClaimTone {
  if (claim.verdict === 'deviates') return redReason(claim) === null ? 'known' : 'unexplained';
  if (claim.verdict === 'conforms') return redReason(claim) === null ? 'conforms' : 'gone';
  return claim.because === 'not-asked' ? 'not-asked' : claim.verdict;
}

/** Nested values as `a, b` or `name value` so that every field of the board can stand in a table. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, item]) => `${name}: ${plain(item)}`)
      .join('; ');
  }
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function factsOf(board: Board): (readonly [string, string])[] {
  const { capabilities, ...identity } = board;
  const rows = [...Object.entries(identity), ...Object.entries(record(capabilities))];
  return [...new Map(rows.map(([name, value]) => [readable(name), plain(value)] as const))];
}

/** Where the time went, of a run with `--profile`. */
function timesOf({ run }: RunRecord): (readonly [string, string])[] {
  if (run?.profile === undefined) return [];
  return profileRows(run.profile).map(({ part, ms, share }) => [
    `time: ${part}`,
    `${(ms / 1000).toFixed(1)} s, ${share} %`,
  ]);
}

function readable(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function changesView(baseline: string, { observations, same, notCompared }: Comparison): ChangesView {
  const words = (value: unknown): string => (value === undefined ? 'not in the record' : describeValue(value));
  const list = observations.map(({ case: id, change, before, after }) => {
    const [old, now] = [words(before), words(after)];
    // Where the words leave out what differs, the values are shown as they are.
    const equal = old === now;
    return {
      case: id,
      change,
      before: equal ? JSON.stringify(before) : old,
      after: equal ? JSON.stringify(after) : now,
    };
  });
  return { baseline, list, same, notCompared: notCompared.length };
}

function viewOf(reportRun: ReportRun): RunView {
  const { record: run, details } = reportRun;
  const { board } = run;
  const { red, sentence, comparison, against } = verdictOfRun(reportRun);
  const seen = findingsOf(run).filter((finding) => finding.seen === true);
  const findings = (severity: string): number => seen.filter((finding) => finding.severity === severity).length;
  const capabilities = record(board.capabilities);
  const version = text(board, 'version') ?? text(board, 'firmware') ?? text(capabilities, 'version');
  const shape = text(capabilities, 'shape') ?? text(record(board.virtual), 'shape');
  const simulated = capabilities.hardware === false || (board.virtual !== null && board.virtual !== undefined);
  const tones = Object.fromEntries(Object.keys(CLAIM_TONES).map((tone) => [tone, 0])) as Record<ClaimTone, number>;
  for (const claim of run.claims) tones[claimTone(claim)] += 1;
  const count = (status: string): number => (details?.cases ?? []).filter((item) => item.status === status).length;
  return {
    name: `MicroPython ${version ?? 'of unknown version'}${shape === null ? '' : `, shape of ${shape}`}`,
    board: [text(board, 'machine') ?? text(board, 'platform') ?? 'board', simulated ? 'virtual board' : null]
      .filter(Boolean)
      .join(' · '),
    simulated,
    startedAt: details?.startedAt ?? text(board, 'startedAt'),
    facts: [...factsOf(board), ...footprintRows(run.run?.harness), ...timesOf(run)],
    tones,
    tests: details ? { passed: count('passed'), failed: count('failed'), skipped: count('skipped') } : null,
    observations: run.observations.length,
    url: text(board, 'url'),
    red,
    sentence,
    counts: { hole: findings('hole'), crash: findings('crash'), trap: findings('trap') },
    changes: comparison === null ? null : changesView(against ?? comparison.before, comparison),
  };
}

/** Names that say which run is meant: where two would read the same, the machine or a number is added. */
export function buildRunViews(runs: readonly ReportRun[]): RunView[] {
  const views = runs.map(viewOf);
  const twins = (name: string) => views.filter((view) => view.name === name);
  return views.map((view, index) => {
    if (twins(view.name).length === 1) return view;
    const byBoard = new Set(twins(view.name).map(({ board }) => board)).size === twins(view.name).length;
    const nth = views.slice(0, index + 1).filter(({ name }) => name === view.name).length;
    return { ...view, name: byBoard ? `${view.name} · ${view.board}` : `${view.name} · run ${nth}` };
  });
}
