import { html, type Markup } from '../markup.ts';
import type { PageModel, RunView } from '../model/page-model.ts';
import { CLAIM_TONES, type ClaimTone } from '../model/tones.ts';

const BAR = 400;

/** A wrapped post, as in wire-wrap: our sign. */
const sign = html`<svg class="sign" viewBox="0 0 32 32" aria-hidden="true"><path class="post" d="M16 2v28"/><path class="wire" d="M3 9.5C9 6 11 8.5 21 7.5M11 12.5 21 11M11 16.5 21 15M11 20.5 21 19M11 24.5c9-1.5 12-1.5 18-3.5"/></svg>`;

function countsBar({ tones, name }: RunView): Markup {
  const entries = (Object.keys(CLAIM_TONES) as ClaimTone[]).filter((tone) => tones[tone] > 0);
  const total = entries.reduce((sum, tone) => sum + tones[tone], 0);
  if (total === 0) return html`<p class="note">No claims were judged in this run.</p>`;
  let x = 0;
  const parts = entries.map((tone) => {
    const width = (tones[tone] / total) * BAR;
    const part = html`<rect class="fill-${tone}" x="${x.toFixed(1)}" y="0" width="${Math.max(2, width - 2).toFixed(1)}" height="10"/>`;
    x += width;
    return part;
  });
  return html`<svg class="counts" viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" role="img" aria-label="Verdicts of ${name}">${parts}</svg>
<ul class="legend">${entries.map((tone) => html`<li><span class="glyph tone-${tone}" aria-hidden="true">${CLAIM_TONES[tone].glyph}</span><b>${tones[tone]}</b> ${CLAIM_TONES[tone].label}</li>`)}</ul>`;
}

/** `2026-11-23 21:40 UTC`. */
function formatDate(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function runCard(run: RunView): Markup {
  const { name, board, startedAt, facts, tests, observations } = run;
  const counts = tests && [
    `${tests.passed} passed`,
    tests.failed && `${tests.failed} failed`,
    tests.skipped && `${tests.skipped} skipped`,
  ];
  const line = [`${observations} observations`, ...(counts || []), startedAt && formatDate(startedAt)].filter(Boolean);
  return html`<article class="run">
<h2>${name}</h2>
<p class="board">${board}</p>
${countsBar(run)}
<p class="note">${line.join(' · ')}</p>
<details class="facts"><summary>About this board</summary><dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></details>
</article>`;
}

function contents({ findings, claims, cases, distributions }: PageModel): Markup {
  const count = findings.filter(({ severity, seen }) => severity !== 'deviation' && seen.includes(true)).length;
  const parts: readonly (readonly [string, string, number | null])[] = [
    ['findings', 'Know this first', count],
    ['claims', 'Claims', claims.length],
    ['cases', 'Cases', cases.length],
    ...(distributions.length > 0 ? [['measurements', 'Time and memory', null] as const] : []),
  ];
  return html`<nav class="contents" aria-label="Contents">${parts.map(([id, title, count]) => html`<a href="#${id}">${title}${count !== null && html` <span class="count">${count}</span>`}</a>`)}</nav>`;
}

export function masthead(model: PageModel): Markup {
  const { runs } = model;
  return html`<header class="masthead">
<div class="brand">${sign}<p class="wordmark">Wirewrap</p>
${contents(model)}
<button type="button" id="theme" class="quiet">Theme: system</button></div>
<h1>What this firmware really does on TLS</h1>
<div class="runs">${runs.map(runCard)}</div>
</header>`;
}
