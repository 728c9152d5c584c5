import { html, type Markup } from '../markup.ts';
import type { PageData } from '../model/page-model.ts';
import { claimBadge, safetyBadge } from './tone-badge.ts';

const SOURCES: Readonly<Record<string, string>> = {
  book: 'the book',
  documentation: 'the ssl documentation',
  rfc: 'an RFC',
};

/** One claim opened: the statement, what each run showed, and the cases that observe it. */
export function claimSheet(data: PageData, id: string, run: number): Markup {
  const claim = data.claims.find((row) => row.id === id);
  if (!claim) return html`<h2 id="sheet-title">No such claim</h2><p class="empty">${id}</p>`;
  return html`<p class="crumb">Claim · ${SOURCES[claim.source] ?? claim.source} · ${claim.role}</p>
<h2 id="sheet-title">${claim.statement}</h2>
<div class="verdicts">${data.runs.map((view, index) => {
    const cell = claim.cells[index];
    return html`<article${index === run && html` class="current"`}><h3>${view.name}</h3>${cell ? html`<p>${safetyBadge(cell.safety)} ${claimBadge(cell.tone)}</p><p class="observed">${cell.observed}</p>${cell.reason && html`<p class="reason"><b>Why.</b> ${cell.reason}</p>`}` : html`<p class="empty">not in this run</p>`}</article>`;
  })}</div>
<section class="part"><h3>Cases that observe it</h3>${
    claim.cases.length === 0
      ? html`<p class="empty">The record names none.</p>`
      : html`<ul class="linked">${claim.cases.map((name) => {
          const cell = data.cases.find((row) => row.id === name)?.cells[run];
          return html`<li>${cell && safetyBadge(cell.safety)} <a href="#case=${encodeURIComponent(name)}&amp;run=${run}">${name}</a> <span class="note">${cell?.summary}</span></li>`;
        })}</ul>`
  }</section>
<p class="note">Id of the claim: <code>${id}</code></p>`;
}
