import { CLAIMS, type ClaimResult, describeValue, type Safety, safetyOf, worstSafety } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import type { CaseRow, ClaimCell, ClaimView } from './page-model.ts';
import { claimTone } from './run-view.ts';
import type { ClaimTone } from './tones.ts';

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
  // A name of Python's, such as do_handshake, stays as it is written.
  if (topic) return /^\w*_/.test(topic) ? topic : `${topic.slice(0, 1).toUpperCase()}${topic.slice(1)}`;
  return role === 'both' || role === 'module' ? 'The module' : `The ${role} role`;
}

const UNJUDGED: ReadonlySet<ClaimTone> = new Set(['not-applicable', 'not-asked', 'inconclusive']);

/** Where nothing was judged only the verdict counts: the reason names the firmware, and so differs with it. */
function comparable(cell: ClaimCell | null): object | null {
  const judged = cell !== null && !UNJUDGED.has(cell.tone);
  return cell === null ? null : { tone: cell.tone, observed: judged ? cell.observed : null };
}

/** A claim is as safe as the worst of its cases; cases that were not seen say nothing beside one that was. */
function safetyOfCases(cases: readonly string[], values: ReadonlyMap<string, unknown>): Safety {
  const all = cases.map((id) => safetyOf(id, values.get(id)));
  const seen = all.filter((safety) => safety !== 'unknown');
  return worstSafety(seen.length > 0 ? seen : all);
}

export function buildClaimRows(runs: readonly ReportRun[]): ClaimView[] {
  const maps = runs.map(({ record }) => new Map(record.claims.map((claim) => [claim.id, claim])));
  const values = runs.map(({ record }) => new Map(record.observations.map((item) => [item.case, item.value])));
  const rows = idsOf(maps.map((map) => [...map.keys()])).flatMap((id) => {
    const found = maps.map((map) => map.get(id) ?? null);
    const claim = found.find((item) => item !== null);
    if (!claim) return [];
    const cases = KNOWN.get(id)?.cases ?? [];
    const cells = found.map((item, run) =>
      item === null
        ? null
        : {
            tone: claimTone(item),
            safety: safetyOfCases(cases, values[run] ?? new Map()),
            observed: item.observed,
            reason: item.knownDeviation ?? null,
          },
    );
    const { source, role, statement } = claim;
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

/** The group of `client/required/expired` is `client/required`. */
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
        return {
          safety: 'unknown' as const,
          summary: `${detail.status}: ${why.split('\n')[0]}`,
          status: detail.status,
        };
      }
      const value = map.get(id);
      return { safety: safetyOf(id, value), summary: describeValue(value), status: detail?.status ?? null };
    });
    const observed = maps.map((map, run) =>
      map.has(id) ? { value: map.get(id) } : { why: cells[run]?.summary ?? null },
    );
    return { id, group: groupOf(id), cells, differs: differs(observed) };
  });
  return [...Map.groupBy(rows, (row) => row.group).values()].flat();
}
