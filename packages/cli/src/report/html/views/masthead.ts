import { html, type Markup } from '../markup.ts';
import type { PageModel, RunView } from '../model/page-model.ts';
import { CLAIM_TONES, type ClaimTone } from '../model/tones.ts';
import { findingCounts } from './finding-counts.ts';
import { unbroken } from './unbroken.ts';

/** A wrapped post, as in wire-wrap: our sign. */
const SIGN = html`<svg class="sign" viewBox="0 0 32 32" aria-hidden="true"><path class="post" d="M16 2v28"/><path class="wire" d="M3 9.5C9 6 11 8.5 21 7.5M11 12.5 21 11M11 16.5 21 15M11 20.5 21 19M11 24.5c9-1.5 12-1.5 18-3.5"/></svg>`;

/** Agreement with the documentation, in words. */
function agreement({ tones }: RunView): Markup {
  const entries = (Object.keys(CLAIM_TONES) as ClaimTone[]).filter((tone) => tones[tone] > 0);
  const total = entries.reduce((sum, tone) => sum + tones[tone], 0);
  if (entries.length === 0) return html`<p class="note">No claims were judged in this run.</p>`;
  return html`<p class="note">${total} documented statements: ${entries.map((tone) => `${CLAIM_TONES[tone].label} ${tones[tone]}`).join(', ')}.</p>`;
}

/** `2026-11-23 21:40 UTC`. */
function formatDate(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : iso;
}

function runCard(run: RunView): Markup {
  const { name, board, startedAt, facts, tests, observations, red, sentence } = run;
  const counts = tests && [
    `${tests.passed} passed`,
    tests.failed && `${tests.failed} failed`,
    tests.skipped && `${tests.skipped} skipped`,
  ];
  const line = [`${observations} observations`, ...(counts || []), startedAt && formatDate(startedAt)].filter(Boolean);
  return html`<article class="run is-${red ? 'red' : 'green'}">
<h2>${name}</h2>
<p class="board">${board}</p>
<p class="sentence">${unbroken(sentence)}</p>
${findingCounts(run)}
${agreement(run)}
<p class="note">${line.join(' · ')}</p>
<details class="facts"><summary>About this board</summary><dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></details>
</article>`;
}

function contents({ runs, findings, claims, cases, distributions }: PageModel): Markup {
  const count = findings.filter(({ severity, seen }) => severity !== 'deviation' && seen.includes(true)).length;
  const parts: readonly (readonly [string, string, number | null])[] = [
    ...(runs.length > 1 ? [['differences', 'What differs', null] as const] : []),
    ['findings', 'Know this first', count],
    ['claims', 'Claims', claims.length],
    ['cases', 'Cases', cases.length],
    ...(distributions.length > 0 ? [['measurements', 'Time and memory', null] as const] : []),
  ];
  return html`<nav class="contents" aria-label="Contents">${parts.map(([id, title, count]) => html`<a href="#${id}">${title}${count !== null && html` <span class="count">${count}</span>`}</a>`)}</nav>`;
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `4 holes, 3 crashes and 3 traps`. */
function countsInWords({ counts: { hole, crash, trap } }: RunView): string {
  return joined([
    ...(hole > 0 ? [hole === 1 ? '1 security hole' : `${hole} security holes`] : []),
    ...(crash > 0 ? [crash === 1 ? '1 crash' : `${crash} crashes`] : []),
    ...(trap > 0 ? [trap === 1 ? '1 trap' : `${trap} traps`] : []),
  ]);
}

/** What the page says first: of one run what threatens whoever uses the board, of several what differs. */
function headline({ runs, cases }: PageModel): string {
  const [only] = runs;
  if (runs.length === 1 && only) return countsInWords(only) || 'No known hole, crash or trap seen';
  const differing = cases.filter(({ differs }) => differs).length;
  return differing === 0
    ? `${runs.length} runs, and no case differs`
    : `${differing} of ${cases.length} cases differ between ${runs.length} runs`;
}

export function masthead(model: PageModel): Markup {
  return html`<header class="masthead">
<div class="brand">${SIGN}<p class="wordmark">Wirewrap</p>
${contents(model)}
<button type="button" id="theme" class="quiet">Theme: system</button></div>
<h1>${headline(model)}</h1>
<div class="runs">${model.runs.map(runCard)}</div>
</header>`;
}
