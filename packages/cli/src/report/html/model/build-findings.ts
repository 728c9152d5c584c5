import { type FindingResult, findingsOf, safetyOf } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import type { ClaimView, FindingView } from './page-model.ts';
import type { ClaimTone } from './tones.ts';

function named(runs: readonly ReportRun[]): FindingView[] {
  const lists = runs.map(({ record }) => new Map(findingsOf(record).map((finding) => [finding.id, finding])));
  const first = lists[0] ?? new Map<string, FindingResult>();
  return [...first.values()].map(({ id, severity, title, versions, advice, cases }) => {
    const found = lists.map((list) => list.get(id));
    const observed = found.map((finding) => finding?.observed ?? null);
    const seen = found.map((finding) => finding?.seen ?? null);
    return { id, severity, title, versions, advice, cases, claim: null, seen, observed };
  });
}

/** Crashes that no finding names: a board that died is never left for the reader to find in a list. */
function unnamedCrashes(runs: readonly ReportRun[], known: ReadonlySet<string>): FindingView[] {
  const crashes = runs.map(
    ({ record }) => new Map(record.observations.map(({ case: id, value }) => [id, safetyOf(id, value) === 'crash'])),
  );
  const ids = new Set(
    crashes.flatMap((map) => [...map].filter(([id, crashed]) => crashed && !known.has(id)).map(([id]) => id)),
  );
  return [...ids].map((id) => ({
    id: `crash:${id}`,
    severity: 'crash',
    title: `The board crashes in ${id}`,
    versions: '',
    advice: '',
    cases: [id],
    claim: null,
    seen: crashes.map((map) => map.get(id) ?? null),
    observed: crashes.map((map) => (map.get(id) ? 'the board died or reset' : null)),
  }));
}

const RED_TONES: readonly (ClaimTone | undefined)[] = ['unexplained', 'intermittent', 'gone'];

/** Claims that turn the run red. */
function unexplained(claims: readonly ClaimView[]): FindingView[] {
  const red = claims.filter(({ cells }) => cells.some((cell) => RED_TONES.includes(cell?.tone)));
  return red.map((claim) => ({
    id: `claim:${claim.id}`,
    severity: 'deviation',
    title: claim.statement,
    versions: '',
    advice: 'Look at the case. If the firmware is right, write the deviation and its reason down beside the claim.',
    cases: claim.cases,
    claim: claim.id,
    seen: claim.cells.map((cell) => (cell === null ? null : RED_TONES.includes(cell.tone))),
    observed: claim.cells.map((cell) => cell?.observed ?? null),
  }));
}

/** What a user must know first: what is new, then holes, crashes and traps, each seen before not seen. */
export function buildFindings(runs: readonly ReportRun[], claims: readonly ClaimView[]): FindingView[] {
  const list = named(runs);
  const known = new Set(list.flatMap(({ cases }) => cases));
  const order = ['deviation', 'hole', 'crash', 'trap'];
  const rank = ({ severity, seen }: FindingView): number =>
    order.indexOf(severity) + (seen.includes(true) ? 0 : order.length);
  return [...unexplained(claims), ...list, ...unnamedCrashes(runs, known)].toSorted((a, b) => rank(a) - rank(b));
}
