import type { Safety } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';
import type { CaseRow, ClaimView, PageModel, RunView } from '../model/page-model.ts';
import { SAFETY_LOOKS } from '../model/tones.ts';
import { claimBadge, safetyBadge } from './tone-badge.ts';

/** From here on the columns get no narrower: the table scrolls. */
const WIDEST = 8;

interface Row {
  readonly group: string;
  readonly safety: readonly Safety[];
  readonly markup: Markup;
}

function distinct(values: readonly string[]): string {
  return [...new Set(values)].join(' ');
}

function present<T>(cells: readonly (T | null)[]): T[] {
  return cells.filter((cell) => cell !== null);
}

const NOTHING = html`<span class="note">not in this run</span>`;

function claimRow(claim: ClaimView): Markup {
  const { id, source, role, statement, cells, differs } = claim;
  const seen = present(cells);
  return html`<tr data-open="claim" data-id="${id}" data-safety="${distinct(seen.map(({ safety }) => safety))}" data-tone="${distinct(seen.map(({ tone }) => tone))}" data-role="${role}" data-source="${source}" data-differs="${differs ? 'yes' : 'no'}">
<th scope="row">${statement}<span class="note">${source} · ${role}${differs && html` · <b>runs differ</b>`}</span></th>
${cells.map(
  (cell, run) =>
    html`<td data-run="${run}" tabindex="-1">${cell === null ? NOTHING : html`${safetyBadge(cell.safety)} ${claimBadge(cell.tone)}<span class="observed">${cell.observed}</span>${cell.reason && html`<span class="reason">${cell.reason}</span>`}`}</td>`,
)}</tr>`;
}

function caseRow({ id, group, cells, differs }: CaseRow): Markup {
  const short = id.startsWith(`${group}/`) ? id.slice(group.length + 1) : id;
  return html`<tr data-open="case" data-id="${id}" data-safety="${distinct(present(cells).map(({ safety }) => safety))}" data-differs="${differs ? 'yes' : 'no'}">
<th scope="row"><span class="id"><span class="note">${id.slice(0, id.length - short.length)}</span>${short}</span></th>
${cells.map(
  (cell, run) =>
    html`<td data-run="${run}" tabindex="-1">${cell === null ? NOTHING : html`${safetyBadge(cell.safety)}${cell.status === 'failed' && html`<span class="badge tone-failed">test failed</span>`}<span class="observed">${cell.summary}</span>`}</td>`,
)}</tr>`;
}

/** `✕ 12 ✓ 40`: what a folded group holds. */
function groupCounts(rows: readonly Row[]): Markup {
  const all = rows.flatMap(({ safety }) => safety);
  const order = Object.keys(SAFETY_LOOKS) as Safety[];
  return html`<span class="tally">${order.map((safety) => {
    const count = all.filter((item) => item === safety).length;
    const { glyph, label } = SAFETY_LOOKS[safety];
    return (
      count > 0 &&
      html`<span class="safety-${safety}" title="${label}"><span class="glyph" aria-hidden="true">${glyph}</span><span class="hidden-word">${label} </span>${count}</span>`
    );
  })}</span>`;
}

/** The signs of folded groups, in words. */
function legend(rows: readonly (ClaimView | CaseRow)[]): Markup {
  const seen = new Set(rows.flatMap(({ cells }) => cells.map((cell) => cell?.safety)));
  const order = (Object.keys(SAFETY_LOOKS) as Safety[]).filter((safety) => seen.has(safety));
  return html`<p class="note">${order.map((safety, index) => html`${index > 0 && ' · '}<span class="safety-${safety}"><span class="glyph" aria-hidden="true">${SAFETY_LOOKS[safety].glyph}</span></span>${SAFETY_LOOKS[safety].label}`)}</p>`;
}

/** One grid: arrow keys move, Enter opens. Rows of one group are together below its name, which folds them. */
function grid(id: string, label: string, first: string, runs: readonly RunView[], rows: readonly Row[]): Markup {
  const groups = [...Map.groupBy(rows, ({ group }) => group)];
  return html`<div class="scroll"><table id="${id}" class="matrix runs-${Math.min(runs.length, WIDEST)}" role="grid" aria-label="${label}">
<thead><tr><th scope="col">${first}</th>${runs.map(({ name, board }) => html`<th scope="col">${name}<span class="note">${board}</span></th>`)}</tr></thead>
${groups.map(
  ([name, list]) =>
    html`<tbody><tr class="group"><th scope="rowgroup" colspan="${runs.length + 1}"><button type="button" class="fold" aria-expanded="true">${name}<span class="count">${list.length}</span>${groupCounts(list)}</button></th></tr>${list.map(({ markup }) => markup)}</tbody>`,
)}</table></div>`;
}

export function claimMatrix({ claims, cases, runs }: PageModel): Markup {
  const rows = claims.map((claim) => ({
    group: claim.topic,
    safety: present(claim.cells).map(({ safety }) => safety),
    markup: claimRow(claim),
  }));
  return html`<section id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">What is documented, and what the board did</h2>
<p class="note">The colour says whether the board was careful. The framed word says whether it does what is documented: a hole may be documented, too.</p>
${legend([...claims, ...cases])}
${rows.length === 0 ? html`<p class="empty">This run judged no claims.</p>` : grid('claim-grid', 'Claims by firmware', 'The source says', runs, rows)}
<p class="empty" data-empty="claim-grid" hidden>No claim matches.</p>
</section>`;
}

/** Every case. The page's script draws it: it is most of the page, and most readers open a few rows of it. */
export function caseGrid(cases: readonly CaseRow[], runs: readonly RunView[]): Markup {
  const rows = cases.map((row) => ({
    group: row.group,
    safety: present(row.cells).map(({ safety }) => safety),
    markup: caseRow(row),
  }));
  return grid('case-grid', 'Cases by firmware', 'Case', runs, rows);
}

export function caseSection({ cases }: PageModel): Markup {
  return html`<section id="cases" aria-labelledby="cases-title">
<h2 id="cases-title">Every case</h2>
<p class="print-only note">${cases.length} cases are left out on paper. Filter the page first to print those that matter.</p>
${cases.length === 0 ? html`<p class="empty">This run has no observations.</p>` : html`<div id="case-table"><p class="empty">The table of ${cases.length} cases needs JavaScript.</p></div>`}
<p class="empty" data-empty="case-grid" hidden>No case matches.</p>
</section>`;
}
