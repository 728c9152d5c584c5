import type { CaseDetail, HandshakeDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';
import type { ChangesView, PageData } from '../model/page-model.ts';
import { SAFETY_LOOKS } from '../model/tones.ts';
import { certificateChain } from './certificate-chain.ts';
import { negotiation } from './negotiation.ts';
import { drawSeries } from './plots.ts';
import { again, question } from './question.ts';
import { runTabs } from './run-tabs.ts';
import { drawSequence } from './sequence/sequence.ts';
import { sequenceList } from './sequence/sequence-list.ts';
import { claimBadge, safetyBadge } from './tone-badge.ts';
import { twoSides } from './two-sides.ts';

function handshakePart(handshake: HandshakeDetail, index: number, count: number): Markup {
  const { wire } = handshake;
  return html`<section class="handshake">${count > 1 && html`<h3 class="nth">Connection ${index + 1} of ${count}</h3>`}
${twoSides(handshake)}
<section class="part"><h3>On one clock</h3><div class="wide-only scroll" tabindex="0" role="region" aria-label="Sequence diagram">${drawSequence(handshake)}</div><div class="narrow-only">${sequenceList(handshake)}</div>
${wire && html`<p class="note">Milliseconds since the TCP connection was there, on the host's clock. The scale at the side is linear in time. A padlock marks an encrypted record. The board's steps are laid end to end and fitted to what they sent; their lengths come from the board's own clock, in whole milliseconds.</p>`}</section>
${wire && html`${certificateChain('Certificates that the host presented', wire.peerCertificates)}${certificateChain('Certificates that the board presented', wire.boardCertificates)}${negotiation(wire)}`}
</section>`;
}

/** What the baseline has where the case changed. */
function baselinePart(changes: ChangesView | null, id: string): Markup {
  const change = changes?.list.find((item) => item.case === id);
  if (change === undefined) return html``;
  return html`<p class="note">Changed against ${changes?.baseline}, which has: <del>${change.before}</del></p>`;
}

/** Two answers, apart: was the board careful, and does it do what is documented? */
function verdictLine(data: PageData, id: string, run: number): Markup {
  const cell = data.cases.find((row) => row.id === id)?.cells[run];
  if (!cell) return html`<p class="empty">This run does not hold the case.</p>`;
  const tones = [
    ...new Set(data.claims.filter(({ cases }) => cases.includes(id)).flatMap(({ cells }) => cells[run]?.tone ?? [])),
  ];
  return html`<p class="outcome">${safetyBadge(cell.safety)} ${SAFETY_LOOKS[cell.safety].meaning}</p>
<p class="outcome-fact">${cell.summary}</p>
${baselinePart(data.runs[run]?.changes ?? null, id)}
${tones.length > 0 && html`<p class="note">Against the documentation: ${tones.map((tone) => html`${claimBadge(tone)} `)}</p>`}`;
}

function testPart({
  case: id,
  status,
  failureClass,
  error,
  test,
  file,
  line,
  durationMs,
  skipped,
}: CaseDetail): Markup {
  return html`${error && html`<section class="part failure"><h3>The test failed${failureClass && html` · class ${failureClass}`}</h3><pre tabindex="0">${error}</pre></section>`}
<p class="note">${status}${skipped && `: ${skipped}`} in ${Math.round(durationMs)} ms${test !== id && ` · ${test}`} · ${file}${line !== undefined && `:${line}`}</p>`;
}

function claimsPart(data: PageData, id: string, run: number): Markup {
  const claims = data.claims.filter(({ cases }) => cases.includes(id));
  if (claims.length === 0) return html``;
  return html`<section class="part"><h3>Claims that this case observes</h3><ul class="linked">${claims.map((claim) => {
    const cell = claim.cells[run];
    return html`<li>${cell && claimBadge(cell.tone)} <a href="#claim=${encodeURIComponent(claim.id)}&amp;run=${run}">${claim.statement}</a></li>`;
  })}</ul></section>`;
}

/** One case opened: its result, what it asked, the handshake from both ends, the wire, certificates, serial line, measurements. */
export function caseSheet(data: PageData, id: string, run: number): Markup {
  const detail = data.details[run]?.[id];
  const value = data.values[run]?.[id];
  const series = data.series.filter((item) => item.case === id);
  const handshakes = detail?.handshakes ?? [];
  return html`<p class="crumb">Case</p><h2 id="sheet-title">${id}</h2>
${runTabs(data, 'case', id, run)}
${verdictLine(data, id, run)}
${detail && testPart(detail)}
${question(data, id)}
${again(data, id, run)}
${handshakes.map((handshake, index) => handshakePart(handshake, index, handshakes.length))}
${!detail && value !== undefined && html`<p class="empty">There are no details of this run: only its record was given. Details are written beside it as *.details.json.</p>`}
${series.length > 0 && html`<section class="part"><h3>Against earlier runs</h3><div class="plots">${series.map((item) => drawSeries(item, run))}</div></section>`}
${detail?.serialLog && html`<section class="part"><details><summary>Serial log</summary><pre class="serial" tabindex="0">${detail.serialLog}</pre></details></section>`}
${claimsPart(data, id, run)}
${value !== undefined && html`<section class="part"><details><summary>Observation as recorded</summary><pre tabindex="0">${JSON.stringify(value, null, 2)}</pre></details></section>`}`;
}
