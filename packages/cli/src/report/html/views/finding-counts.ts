import { html, type Markup } from '../markup.ts';
import type { RunView } from '../model/page-model.ts';

const WORDS = {
  hole: ['hole', 'holes'],
  crash: ['crash', 'crashes'],
  trap: ['trap', 'traps'],
} as const;

/** How many holes, crashes and traps a run shows, as large figures. */
export function findingCounts({ counts }: RunView): Markup {
  return html`<ul class="finding-counts">${(['hole', 'crash', 'trap'] as const).map((severity) => {
    const count = counts[severity];
    const [one, many] = WORDS[severity];
    return html`<li class="severity-${severity}${count === 0 && ' is-none'}"><b>${count}</b> ${count === 1 ? one : many}</li>`;
  })}</ul>`;
}
