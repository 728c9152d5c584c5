import { html, type Markup } from '../markup.ts';
import { CASE_TONES, type CaseTone, CLAIM_TONES, type ClaimTone } from '../model/tones.ts';

/** Sign and word of a verdict: never colour alone. */
export function claimBadge(tone: ClaimTone): Markup {
  const { glyph, label, meaning } = CLAIM_TONES[tone];
  return html`<span class="badge tone-${tone}" title="${meaning}"><span class="glyph" aria-hidden="true">${glyph}</span>${label}</span>`;
}

export function caseBadge(tone: CaseTone): Markup {
  const { glyph, label, meaning } = CASE_TONES[tone];
  return html`<span class="badge case-${tone}" title="${meaning}"><span class="glyph" aria-hidden="true">${glyph}</span>${label}</span>`;
}
