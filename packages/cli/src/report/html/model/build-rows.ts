import { CLAIMS, type ClaimResult, describeValue, isLost, isUnavailable } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import type { CaseRow, ClaimCell, ClaimRow } from './page-model.ts';
import { claimTone } from './run-view.ts';
import type { CaseTone } from './tones.ts';

function differs(cells: readonly (object | null)[]): boolean {
  return new Set(cells.map((cell) => JSON.stringify(cell))).size > 1;
}

/** Every id once, in the order of the first run that has it. */
function idsOf(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** A record tells what was judged; topic and cases of a claim stand in the table of claims. */
const KNOWN = new Map(CLAIMS.map((claim) => [claim.id, claim]));

/** A claim of another version of the table has no topic here: it is grouped by role. */
function topicOf({ id, role }: ClaimResult): string {
  const topic = KNOWN.get(id)?.topic;
  if (topic) return `${topic.slice(0, 1).toUpperCase()}${topic.slice(1)}`;
  return role === 'both' || role === 'module' ? 'The module' : `The ${role} role`;
}

/** Where nothing was judged only the verdict counts: the reason names the firmware, and so differs with it. */
function comparable(cell: ClaimCell | null): object | null {
  const judged = cell !== null && cell.tone !== 'not-applicable' && cell.tone !== 'inconclusive';
  return cell === null ? null : { tone: cell.tone, observed: judged ? cell.observed : null };
}

export function buildClaimRows(runs: readonly ReportRun[]): ClaimRow[] {
  const maps = runs.map(({ record }) => new Map(record.claims.map((claim) => [claim.id, claim])));
  const rows = idsOf(maps.map((map) => [...map.keys()])).flatMap((id) => {
    const found = maps.map((map) => map.get(id) ?? null);
    const claim = found.find((item) => item !== null);
    if (!claim) return [];
    const cells = found.map((item) =>
      item === null ? null : { tone: claimTone(item), observed: item.observed, reason: item.knownDeviation ?? null },
    );
    const { source, role, statement } = claim;
    const cases = KNOWN.get(id)?.cases ?? [];
    return {
      id,
      topic: topicOf(claim),
      source,
      role,
      statement,
      cases,
      cells,
      differs: differs(cells.map(comparable)),
    };
  });
  return [...Map.groupBy(rows, (row) => row.topic).values()].flat();
}

export function caseTone(value: unknown): CaseTone {
  if (isUnavailable(value)) return 'unavailable';
  if (isLost(value)) return 'lost';
  if (value === null || typeof value !== 'object') return 'value';
  if ('raises' in value) return 'fails';
  const { end } = value as { end?: unknown };
  return end === 'completes' || end === 'fails' || end === 'crashes' ? end : 'value';
}

/** `client/required/expired` stands under `client/required`. */
function groupOf(id: string): string {
  return id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : 'other';
}

export function buildCaseRows(runs: readonly ReportRun[]): CaseRow[] {
  const maps = runs.map(({ record }) => new Map(record.observations.map((item) => [item.case, item.value])));
  const details = runs.map((run) => new Map((run.details?.cases ?? []).map((item) => [item.case, item])));
  const ids = idsOf([...maps, ...details].map((map) => [...map.keys()]));
  const rows = ids.map((id) => {
    const cells = maps.map((map, run) => {
      const detail = details[run]?.get(id);
      if (!map.has(id)) {
        if (!detail) return null;
        const why = detail.error ?? detail.skipped ?? 'nothing was observed';
        const tone: CaseTone = detail.status === 'skipped' ? 'unavailable' : 'lost';
        return { tone, summary: `${detail.status}: ${why.split('\n')[0]}`, status: detail.status };
      }
      const value = map.get(id);
      return { tone: caseTone(value), summary: describeValue(value), status: detail?.status ?? null };
    });
    return { id, group: groupOf(id), cells, differs: differs(cells) };
  });
  return [...Map.groupBy(rows, (row) => row.group).values()].flat();
}
