import { html, type Markup } from '../markup.ts';
import type { FindingView, PageModel } from '../model/page-model.ts';

const SEVERITIES: Readonly<Record<FindingView['severity'], string>> = {
  deviation: 'Needs a look',
  hole: 'Security hole',
  crash: 'Crash',
  trap: 'Trap',
};

export function seenIn(finding: FindingView, { runs }: PageModel): Markup {
  const words = (seen: boolean | null): string => (seen === null ? 'not shown' : seen ? 'seen' : 'not seen');
  return html`<ul class="seen">${runs.map((run, index) => {
    const seen = finding.seen[index] ?? null;
    return html`<li class="${seen === null ? 'unknown' : seen ? 'yes' : 'no'}"><span aria-hidden="true">${seen === null ? '–' : seen ? '●' : '○'}</span> ${words(seen)} in ${run.name}</li>`;
  })}</ul>`;
}

/** Facts that several runs share are shown once. */
export function facts(finding: FindingView, { runs }: PageModel): Markup {
  const shown = finding.observed.flatMap((observed, run) => (observed && finding.seen[run] ? [{ observed, run }] : []));
  const groups = [...Map.groupBy(shown, ({ observed }) => observed)];
  return html`${groups.map(([observed, list]) => {
    const names = groups.length > 1 ? `${list.map(({ run }) => runs[run]?.name ?? '').join(', ')}: ` : '';
    return html`<p class="fact">${names}${observed}</p>`;
  })}`;
}

function links(finding: FindingView, model: PageModel): Markup {
  const known = new Set(model.cases.map(({ id }) => id));
  const cases = finding.cases.filter((id) => known.has(id));
  const shown = cases.slice(0, 3);
  if (shown.length === 0) return html``;
  return html`<p class="links">${shown.map((id) => html`<a href="#case=${encodeURIComponent(id)}">${id}</a>`)}${cases.length > shown.length && html`<span>and ${cases.length - shown.length} more</span>`}</p>`;
}

function card(finding: FindingView, model: PageModel): Markup {
  const { id, severity, title, versions, advice } = finding;
  return html`<details class="finding severity-${severity}" data-finding="${id}">
<summary><span class="severity">${SEVERITIES[severity]}</span><span class="title">${title}</span></summary>
<div class="finding-body">${facts(finding, model)}
${advice && html`<p class="advice"><b>What to do.</b> ${advice}</p>`}
${versions && html`<p class="note">Versions: ${versions}</p>`}
${model.runs.length > 1 && seenIn(finding, model)}
${links(finding, model)}</div>
</details>`;
}

function countUnasked(list: readonly FindingView[]): number {
  return list.filter(({ seen }) => seen.every((item) => item === null)).length;
}

function othersInWords(list: readonly FindingView[], { runs }: PageModel): string {
  const unasked = countUnasked(list);
  const others = `${list.length} other known findings that ${runs.length === 1 ? 'this run does' : 'these runs do'} not show`;
  return unasked === 0 ? others : `${others}; ${unasked} of them were not looked for`;
}

/** A run that was cut short must not read as one that found nothing. */
function nothingSeen(list: readonly FindingView[], { runs }: PageModel): string {
  const where = runs.length === 1 ? 'this run' : 'these runs';
  const unasked = countUnasked(list);
  if (unasked === 0) return `No finding showed in ${where}: no hole, no crash, no trap.`;
  const count = unasked === list.length ? 'Findings' : `${unasked} of ${list.length} findings`;
  return `${count} were not looked for in ${where}: their cases did not run, or cannot here.`;
}

/** What a user must know first. Findings that none of the runs shows are folded away, not left out. */
export function findings(model: PageModel): Markup {
  const list = model.findings.filter(({ severity }) => severity !== 'deviation');
  const seen = list.filter((finding) => finding.seen.includes(true));
  const rest = list.filter((finding) => !finding.seen.includes(true));
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Know this first</h2>
${seen.length === 0 && html`<p class="empty">${nothingSeen(rest, model)}</p>`}
<div class="cards">${seen.map((finding) => card(finding, model))}</div>
<p class="empty" data-empty="findings" hidden>No finding matches.</p>
${rest.length > 0 && html`<details class="more"><summary>${othersInWords(rest, model)}</summary><div class="cards">${rest.map((finding) => card(finding, model))}</div></details>`}
</section>`;
}
