import { html, type Markup } from '../markup.ts';
import type { ChangesView, FailureView, FindingView, PageModel, RunView, TrendView } from '../model/page-model.ts';
import { facts, seenIn } from './findings.ts';

/** Lines that are shown at once. */
const SHOWN = 12;

function since(text: string | undefined): Markup {
  return text === undefined ? html`` : html` <span class="note">${text}</span>`;
}

function claimSince(id: string, { trends }: PageModel): Markup {
  return since(trends.map((trend) => trend?.claims[id]).find((text) => text !== undefined));
}

function claim(finding: FindingView, model: PageModel): Markup {
  return html`<li><a href="#claim=${encodeURIComponent(finding.claim ?? '')}">${finding.title}</a>${claimSince(finding.claim ?? '', model)}${model.runs.length > 1 && seenIn(finding, model)}<div class="facts-seen">${facts(finding, model)}</div></li>`;
}

function failure({ case: id, run, failureClass, error }: FailureView, { runs }: PageModel): Markup {
  return html`<li><a href="#case=${encodeURIComponent(id)}&amp;run=${run}">${id}</a> ${runs.length > 1 && html`on ${runs[run]?.name}, `}class ${failureClass}<div class="facts-seen">${error}</div></li>`;
}

function change(
  { case: id, change, before, after }: ChangesView['list'][number],
  run: number,
  trend: TrendView | null,
): Markup {
  return html`<li><a href="#case=${encodeURIComponent(id)}&amp;run=${run}">${id}</a> ${change}${since(trend?.cases[id])}<div class="facts-seen"><del>${before}</del></div><div class="facts-seen"><ins>${after}</ins></div></li>`;
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `One ${one}` : `${number} ${many}`;
}

/** The first lines, the others folded. */
function list(items: readonly Markup[]): Markup {
  const rest = items.slice(SHOWN);
  return html`<ul>${items.slice(0, SHOWN)}</ul>${rest.length > 0 && html`<details class="more"><summary>${rest.length} more</summary><ul>${rest}</ul></details>`}`;
}

function changes({ name, changes: view }: RunView, run: number, { runs, trends }: PageModel): Markup {
  if (view === null || view.list.length === 0) return html``;
  return html`<h2>${count(view.list.length, 'observation', 'observations')} changed against ${view.baseline}${runs.length > 1 && ` on ${name}`}</h2>
<p class="note">${view.same} are as in the baseline${view.notCompared > 0 && `, ${view.notCompared} could not be compared`}. Crossed out is the baseline, below it this run.</p>
${list(view.list.map((item) => change(item, run, trends[run] ?? null)))}`;
}

/** Why the run is red: short, and before everything else. Nothing when it is green. */
export function redList(model: PageModel): Markup {
  const red = model.findings.filter(({ severity }) => severity === 'deviation');
  const { failures, runs } = model;
  const changed = runs.map((run, index) => changes(run, index, model));
  if (red.length === 0 && failures.length === 0 && changed.every(({ text }) => text === '')) return html``;
  return html`<section class="red" aria-label="What turns the run red">
${changed}
${failures.length > 0 && html`<h2>${count(failures.length, 'case', 'cases')} failed</h2>${list(failures.map((item) => failure(item, model)))}`}
${
  red.length > 0 &&
  html`<h2>${count(red.length, 'claim needs', 'claims need')} a look</h2>
<p class="note">The board differs from the source and nobody has written down why, or a deviation that was written down went away.</p>
${list(red.map((item) => claim(item, model)))}`
}</section>`;
}
