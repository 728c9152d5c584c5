import { html, type Markup } from '../markup.ts';
import type { FailureView, FindingView, PageModel } from '../model/page-model.ts';
import { facts, seenIn } from './findings.ts';

function claim(finding: FindingView, model: PageModel): Markup {
  return html`<li><a href="#claim=${encodeURIComponent(finding.claim ?? '')}">${finding.title}</a>${model.runs.length > 1 && seenIn(finding, model)}<div class="facts-seen">${facts(finding, model)}</div></li>`;
}

function failure({ case: id, run, failureClass, error }: FailureView, { runs }: PageModel): Markup {
  return html`<li><a href="#case=${encodeURIComponent(id)}&amp;run=${run}">${id}</a> ${runs.length > 1 && html`on ${runs[run]?.name}, `}class ${failureClass}<div class="facts-seen">${error}</div></li>`;
}

function count(number: number, one: string, many: string): string {
  return number === 1 ? `One ${one}` : `${number} ${many}`;
}

/** Why the run is red: short, and before everything else. Nothing when it is green. */
export function redList(model: PageModel): Markup {
  const red = model.findings.filter(({ severity }) => severity === 'deviation');
  const { failures } = model;
  if (red.length === 0 && failures.length === 0) return html``;
  return html`<section class="red" aria-label="What turns the run red">
${failures.length > 0 && html`<h2>${count(failures.length, 'case', 'cases')} failed</h2><ul>${failures.map((item) => failure(item, model))}</ul>`}
${
  red.length > 0 &&
  html`<h2>${count(red.length, 'claim needs', 'claims need')} a look</h2>
<p class="note">The board differs from the source and nobody has written down why, or a deviation that was written down went away.</p>
<ul>${red.map((item) => claim(item, model))}</ul>`
}</section>`;
}
