import type { Safety } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';
import { CLAIM_TONES, type ClaimTone, SAFETY_LOOKS } from '../model/tones.ts';

/** Whether the board was careful: sign, word and colour, never colour alone. */
export function safetyBadge(safety: Safety): Markup {
  const { glyph, label, meaning } = SAFETY_LOOKS[safety];
  return html`<span class="badge safety-${safety}" title="${meaning}"><span class="glyph" aria-hidden="true">${glyph}</span>${label}</span>`;
}

/** Whether the board agrees with the documentation: sign and word, without a colour. */
export function claimBadge(tone: ClaimTone): Markup {
  const { glyph, label, meaning } = CLAIM_TONES[tone];
  return html`<span class="agreement tone-${tone}" title="${meaning}"><span class="glyph" aria-hidden="true">${glyph}</span>${label}</span>`;
}
