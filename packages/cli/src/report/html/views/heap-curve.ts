import { html, type Markup } from '../markup.ts';
import type { Distribution } from '../model/page-model.ts';
import { formatMeasured, niceScale } from './format-number.ts';

const SIZE = { width: 1000, height: 190, left: 90, right: 20, top: 14, bottom: 30 };

/** What the conformance suites call the heap of ESP-IDF, which Mbed TLS allocates from. */
export const isHeapCurve = ({ name }: Distribution): boolean => name.startsWith('C heap');

/** What a curve is drawn over, and which of its points has a name. */
export interface CurveWords {
  /** What lies between two points. Default `case`. */
  readonly step?: 'case' | 'reading';
  /** Default `lowest`. */
  readonly extreme?: 'lowest' | 'highest';
}

/**
 * The heap after each case, in the order in which they ran: a line that falls is a leak, a step up is a reset. The lowest
 * point of each run has a name.
 */
export function drawHeapCurve(
  { name, unit, rows }: Distribution,
  { step = 'case', extreme = 'lowest' }: CurveWords = {},
): Markup {
  const all = rows.flatMap(({ values }) => values.map(({ value }) => value));
  const { low, high } = niceScale([0, ...all]);
  const most = Math.max(2, ...rows.map(({ values }) => values.length));
  const x = (index: number) => SIZE.left + (index * (SIZE.width - SIZE.left - SIZE.right)) / (most - 1);
  const y = (value: number) => SIZE.top + (1 - (value - low) / (high - low)) * (SIZE.height - SIZE.top - SIZE.bottom);
  const farthest = extreme === 'lowest' ? Math.min : Math.max;
  const lows = rows.flatMap(({ label, run, values }) => {
    const least = farthest(...values.map(({ value }) => value));
    const index = values.findIndex(({ value }) => value === least);
    const at = values[index];
    return at === undefined ? [] : [{ label, run, index, ...at }];
  });
  const said = lows.map(
    ({ label, case: id, value, index }) =>
      `${label}: ${extreme} ${formatMeasured(value, unit)}, at ${step} ${index + 1}, ${id}`,
  );
  return html`<figure class="plot curve"><figcaption>${name}, ${step} after ${step}</figcaption>
<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${name}, ${step} after ${step}. ${said.join('; ')}">
${[low, (low + high) / 2, high].map((tick) => html`<g class="tick"><line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${SIZE.left - 8}" y="${y(tick) + 4}" text-anchor="end">${formatMeasured(tick, unit)}</text></g>`)}
${rows.map(({ values }) => html`<path class="line" d="${values.map(({ value }, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('')}"/>`)}
${lows.map(({ label, run, index, value, case: id }) => html`<circle class="${run === null ? 'earlier' : 'current'}" cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="5"><title>${label}: ${formatMeasured(value, unit)} after ${id}</title></circle>`)}
<text class="axis" x="${SIZE.left}" y="${SIZE.height - 8}">first ${step}</text>
<text class="axis" x="${SIZE.width - SIZE.right}" y="${SIZE.height - 8}" text-anchor="end">${said.join('; ')}</text>
</svg></figure>`;
}
