import type { Safety } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';
import type { PageModel } from '../model/page-model.ts';
import { CLAIM_TONES, type ClaimTone, SAFETY_LOOKS } from '../model/tones.ts';

interface Chip {
  readonly facet: string;
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly glyph?: string;
}

function chips(title: string, list: readonly Chip[]): Markup {
  const present = list.filter(({ count }) => count > 0);
  if (present.length < 2) return html``;
  return html`<div class="chips" role="group" aria-label="${title}"><span class="chips-title" aria-hidden="true">${title}</span>${present.map(
    ({ facet, value, label, count, glyph }) =>
      html`<button type="button" class="chip" aria-pressed="false" data-facet="${facet}" data-value="${value}">${glyph && html`<span class="glyph ${facet}-${value}" aria-hidden="true">${glyph}</span>`}${label} <span class="count">${count}</span></button>`,
  )}</div>`;
}

/** Find and filter over findings, claims and cases. It does nothing without the page's script, so the script shows it. */
export function toolbar({ claims, cases, runs }: PageModel): Markup {
  const rows: readonly { readonly cells: readonly ({ readonly safety: Safety } | null)[] }[] = [...claims, ...cases];
  const care = (Object.keys(SAFETY_LOOKS) as Safety[]).map((safety) => ({
    facet: 'safety',
    value: safety,
    label: SAFETY_LOOKS[safety].label,
    glyph: SAFETY_LOOKS[safety].glyph,
    count: rows.filter(({ cells }) => cells.some((cell) => cell?.safety === safety)).length,
  }));
  const tones = (Object.keys(CLAIM_TONES) as ClaimTone[]).map((tone) => ({
    facet: 'tone',
    value: tone,
    label: CLAIM_TONES[tone].label,
    glyph: CLAIM_TONES[tone].glyph,
    count: claims.filter(({ cells }) => cells.some((cell) => cell?.tone === tone)).length,
  }));
  const by = (facet: 'role' | 'source') =>
    [...new Set(claims.map((claim) => claim[facet]))].map((value) => ({
      facet,
      value,
      label: value,
      count: claims.filter((claim) => claim[facet] === value).length,
    }));
  return html`<div class="toolbar" role="search" aria-label="Find and filter findings, claims and cases" hidden>
<div class="search"><label for="search">Find in findings, claims, cases and what crossed the wire</label><input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="expired, alert 48, TLSv1.3…"><kbd aria-hidden="true">/</kbd></div>
${runs.length > 1 && html`<button type="button" class="chip" aria-pressed="false" data-facet="differs" data-value="yes">only where runs differ</button>`}
<output id="found" aria-live="polite"></output><button type="button" class="quiet" id="clear" hidden>Clear all</button>
<details class="facets"><summary>Filters</summary>${chips('The board was', care)}${chips('Documentation', tones)}${chips('Role', by('role'))}${chips('Source', by('source'))}</details>
</div>`;
}
