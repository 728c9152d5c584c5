import { html, type Markup } from '../markup.ts';
import type { CaseRow, ClaimRow, PageModel, RunView } from '../model/page-model.ts';
import { CASE_TONES } from '../model/tones.ts';
import { caseBadge, claimBadge } from './tone-badge.ts';

/** From here on the columns get no narrower: the table scrolls. */
const WIDEST = 8;

interface Row {
  readonly group: string;
  readonly markup: Markup;
}

function tonesOf(cells: readonly ({ readonly tone: string } | null)[]): string {
  return [...new Set(cells.flatMap((cell) => (cell === null ? [] : [cell.tone])))].join(' ');
}

const nothing = html`<span class="note">not in this run</span>`;

function claimRow(claim: ClaimRow): Markup {
  const { id, source, role, statement, cells, differs } = claim;
  return html`<tr data-open="claim" data-id="${id}" data-tone="${tonesOf(cells)}" data-role="${role}" data-source="${source}" data-differs="${differs ? 'yes' : 'no'}">
<th scope="row">${statement}<span class="note">${source} · ${role}${differs && html` · <b>runs differ</b>`}</span></th>
${cells.map(
  (cell, run) =>
    html`<td data-run="${run}" tabindex="-1">${cell === null ? nothing : html`${claimBadge(cell.tone)}<span class="observed">${cell.observed}</span>${cell.reason && html`<span class="reason">${cell.reason}</span>`}`}</td>`,
)}</tr>`;
}

function caseRow({ id, group, cells, differs }: CaseRow): Markup {
  const short = id.startsWith(`${group}/`) ? id.slice(group.length + 1) : id;
  return html`<tr data-open="case" data-id="${id}" data-case="${tonesOf(cells)}" data-differs="${differs ? 'yes' : 'no'}">
<th scope="row"><span class="id"><span class="note">${id.slice(0, id.length - short.length)}</span>${short}</span></th>
${cells.map(
  (cell, run) =>
    html`<td data-run="${run}" tabindex="-1">${cell === null ? nothing : html`${caseBadge(cell.tone)}${cell.status === 'failed' && html`<span class="badge tone-unexplained">test failed</span>`}${cell.summary !== CASE_TONES[cell.tone].label && html`<span class="observed">${cell.summary}</span>`}`}</td>`,
)}</tr>`;
}

/** One grid: arrow keys move, Enter opens. Rows of one group stand together under its name. */
function grid(id: string, label: string, first: string, runs: readonly RunView[], rows: readonly Row[]): Markup {
  const groups = [...Map.groupBy(rows, ({ group }) => group)];
  return html`<div class="scroll"><table id="${id}" class="matrix runs-${Math.min(runs.length, WIDEST)}" role="grid" aria-label="${label}">
<thead><tr><th scope="col">${first}</th>${runs.map(({ name, board }) => html`<th scope="col">${name}<span class="note">${board}</span></th>`)}</tr></thead>
${groups.map(
  ([name, list]) =>
    html`<tbody><tr class="group"><th scope="rowgroup" colspan="${runs.length + 1}">${name}<span class="count">${list.length}</span></th></tr>${list.map(({ markup }) => markup)}</tbody>`,
)}</table></div>`;
}

export function claimMatrix({ claims, runs }: PageModel): Markup {
  const rows = claims.map((claim) => ({ group: claim.topic, markup: claimRow(claim) }));
  return html`<section id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">What is documented, and what the board did</h2>
${rows.length === 0 ? html`<p class="empty">This run judged no claims.</p>` : grid('claim-grid', 'Claims by firmware', 'The source says', runs, rows)}
<p class="empty" data-empty="claim-grid" hidden>No claim matches the filter.</p>
</section>`;
}

export function caseMatrix({ cases, runs }: PageModel): Markup {
  const rows = cases.map((row) => ({ group: row.group, markup: caseRow(row) }));
  return html`<section id="cases" aria-labelledby="cases-title">
<h2 id="cases-title">Every case</h2>
<p class="print-only note">${cases.length} cases are left out on paper. Filter the page first to print those that matter.</p>
${rows.length === 0 ? html`<p class="empty">This run has no observations.</p>` : grid('case-grid', 'Cases by firmware', 'Case', runs, rows)}
<p class="empty" data-empty="case-grid" hidden>No case matches the filter.</p>
</section>`;
}
