import { html, type Markup } from '../markup.ts';
import type { CaseRow, ClaimView, PageModel, RunView } from '../model/page-model.ts';
import { claimBadge, safetyBadge } from './tone-badge.ts';

/** Rows that are shown at once. */
const SHOWN = 5;

function count(items: readonly string[]): number {
  return new Set(items).size;
}

/** Whether the board was more careful in one run than in another. */
function mattersForSafety({ cells }: CaseRow): boolean {
  const judged = cells.flatMap((cell) => (cell === null || cell.safety === 'unknown' ? [] : [cell.safety]));
  return count(judged) > 1;
}

function cellsOf(runs: readonly RunView[], cells: readonly (Markup | null)[]): Markup {
  return html`<ul class="sides-by-run">${runs.map(({ name }, run) => html`<li><span class="note">${name}</span> ${cells[run] ?? html`<span class="note">not in this run</span>`}</li>`)}</ul>`;
}

function caseItem(row: CaseRow, runs: readonly RunView[]): Markup {
  return html`<li><a href="#case=${encodeURIComponent(row.id)}">${row.id}</a>${cellsOf(
    runs,
    row.cells.map((cell) => cell && html`${safetyBadge(cell.safety)} <span class="observed">${cell.summary}</span>`),
  )}</li>`;
}

function claimItem({ id, statement, cells }: ClaimView, runs: readonly RunView[]): Markup {
  return html`<li><a href="#claim=${encodeURIComponent(id)}">${statement}</a>${cellsOf(
    runs,
    cells.map((cell) => cell && html`${safetyBadge(cell.safety)} ${claimBadge(cell.tone)}`),
  )}</li>`;
}

/** The first ones; the filter shows all. */
function some(items: readonly Markup[]): Markup {
  const more = items.length - SHOWN;
  return html`<ul class="differences">${items.slice(0, SHOWN)}</ul>${more > 0 && html`<p><a href="#differs=yes">${more} more, in the tables below</a></p>`}`;
}

/** Compared runs open with what differs: statements, then cases, those first in which the board's care differs. */
export function differences({ runs, claims, cases }: PageModel): Markup {
  if (runs.length < 2) return html``;
  const statements = claims.filter(({ differs, cells }) => differs && count(cells.map((cell) => cell?.tone ?? '')) > 1);
  const differing = cases
    .filter(({ differs }) => differs)
    .toSorted((a, b) => Number(mattersForSafety(b)) - Number(mattersForSafety(a)));
  const unsafe = differing.filter(mattersForSafety).length;
  return html`<section id="differences" aria-labelledby="differences-title">
<h2 id="differences-title">What differs</h2>
<p>${differing.length} of ${cases.length} cases and ${statements.length} of ${claims.length} statements differ; in ${unsafe} cases it matters for safety. <a href="#differs=yes">Show only these below</a></p>
${statements.length > 0 && html`<h3>Statements</h3>${some(statements.map((claim) => claimItem(claim, runs)))}`}
${differing.length > 0 && html`<h3>Cases</h3>${some(differing.map((row) => caseItem(row, runs)))}`}
</section>`;
}
