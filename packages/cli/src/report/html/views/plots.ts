import { html, type Markup } from '../markup.ts';
import type { Distribution, PageModel, Series } from '../model/page-model.ts';
import { formatMeasured, niceScale } from './format-number.ts';
import { drawHeapCurve, isHeapCurve } from './heap-curve.ts';

const LINE = { width: 420, height: 150, left: 64, right: 14, top: 14, bottom: 26 };

/** One measurement of one case over the runs, earlier ones first; those on the page are filled. */
export function drawSeries(series: Series, current: number): Markup {
  const { points, unit, name } = series;
  const { low, high } = niceScale(points.map(({ value }) => value));
  const inner = LINE.width - LINE.left - LINE.right;
  const x = (index: number) => LINE.left + (points.length === 1 ? inner / 2 : (index * inner) / (points.length - 1));
  const y = (value: number) => LINE.top + (1 - (value - low) / (high - low)) * (LINE.height - LINE.top - LINE.bottom);
  const path = points.map(
    ({ value }, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  const summary = points.map(({ label, value }) => `${label}: ${formatMeasured(value, unit)}`).join('; ');
  const base = LINE.height - LINE.bottom;
  return html`<figure class="plot"><figcaption>${name}</figcaption>
<svg viewBox="0 0 ${LINE.width} ${LINE.height}" role="img" aria-label="${name}. ${summary}">
${[...new Set([low, (low + high) / 2, high])].map((tick) => html`<g class="tick"><line x1="${LINE.left}" x2="${LINE.width - LINE.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${LINE.left - 8}" y="${y(tick) + 4}" text-anchor="end">${formatMeasured(tick, unit)}</text></g>`)}
<path class="line" d="${path.join('')}"/>
${points.map(({ value, run, label }, index) => html`<circle class="${run === null ? 'earlier' : run === current ? 'current' : 'other'}" cx="${x(index)}" cy="${y(value)}" r="${run === null ? 3.5 : 5}"><title>${label}: ${formatMeasured(value, unit)}</title></circle>`)}
<text class="axis" x="${LINE.left}" y="${base + 18}">${points.some(({ run }) => run === null) ? 'earlier runs' : ''}</text>
<text class="axis" x="${LINE.width - LINE.right}" y="${base + 18}" text-anchor="end">${points.at(-1)?.label ?? ''}</text>
</svg></figure>`;
}

const STRIP = { width: 1000, row: 34, left: 220, right: 90, top: 8, bottom: 28 };

/** Those that stand out get a name; a name for each of a thousand would be most of the page. */
const NAMED = 5;

function slowest<T extends { readonly value: number }>(values: readonly T[]): T[] {
  return values.toSorted((a, b) => b.value - a.value).slice(0, NAMED);
}

/** What most suites measure, for who does not know its short name. */
const DISTRIBUTION_NAMES: Readonly<Record<string, string>> = {
  wrap: 'Time that wrap_socket takes',
  'heap kept': "Bytes of Python's heap that a connection keeps",
};

/** Every case as a dot, one strip for each run, the median marked. */
function drawDistribution({ name, unit, rows }: Distribution): Markup {
  const { low, high } = niceScale(rows.flatMap(({ values }) => values.map(({ value }) => value)));
  const x = (value: number) => STRIP.left + ((value - low) / (high - low)) * (STRIP.width - STRIP.left - STRIP.right);
  const height = STRIP.top + rows.length * STRIP.row + STRIP.bottom;
  const ticks = low < 0 && high > 0 ? [low, 0, high] : [0, 1, 2, 3, 4].map((part) => low + ((high - low) * part) / 4);
  const said = rows.map(
    ({ label, values, median }) => `${label}: median ${formatMeasured(median, unit)} of ${values.length} cases`,
  );
  return html`<figure class="strip"><figcaption>${DISTRIBUTION_NAMES[name] ?? name}</figcaption><p class="note narrow-only">${said.join('; ')}</p><svg viewBox="0 0 ${STRIP.width} ${height}" role="img" aria-label="${DISTRIBUTION_NAMES[name] ?? name}. ${said.join('; ')}">
${ticks.map((tick) => html`<g class="tick"><line x1="${x(tick)}" x2="${x(tick)}" y1="${STRIP.top}" y2="${height - STRIP.bottom}"/><text x="${x(tick)}" y="${height - 8}" text-anchor="middle">${formatMeasured(tick, unit)}</text></g>`)}
${rows.map(({ label, run, values, median }, index) => {
  const y = STRIP.top + index * STRIP.row + STRIP.row / 2;
  return html`<g class="${run === null ? 'earlier' : 'current'}"><text class="label" x="${STRIP.left - 14}" y="${y + 4}" text-anchor="end">${label}</text>
<path class="dots" d="${values.map(({ value }, nth) => `M${x(value).toFixed(0)} ${y + ((nth * 7) % 15) - 7}h0`).join('')}"/>
${slowest(values).map(({ case: id, value }) => html`<circle cx="${x(value).toFixed(1)}" cy="${y}" r="3.5"><title>${id}: ${formatMeasured(value, unit)}</title></circle>`)}
<path class="median" d="M${x(median)} ${y - 13}v26"/><text class="label" x="${STRIP.width - STRIP.right + 12}" y="${y + 4}">${formatMeasured(median, unit)}</text></g>`;
})}
</svg></figure>`;
}

/** Red claims, changes and losses over the nights, for each run that has earlier ones. */
export function nights({ trends, runs }: PageModel): Markup {
  if (trends.every((trend) => trend === null)) return html``;
  return html`<section id="nights" aria-labelledby="nights-title"><h2 id="nights-title">Over the nights</h2>
${trends.map((trend, run) => trend && html`${runs.length > 1 && html`<h3>${runs[run]?.name}</h3>`}<div class="plots">${trend.lines.map((line) => drawSeries(line, run))}</div>`)}</section>`;
}

export function measurements(distributions: readonly Distribution[]): Markup {
  if (distributions.length === 0) return html``;
  return html`<section id="measurements" aria-labelledby="measurements-title"><h2 id="measurements-title">Time and memory</h2>
<p class="note">A dot is a case, the bar and the number at the right are the median; point at one of the five largest to read which case it is. The numbers vary with the machine and the line, so they never turn a run red.</p>
${distributions.map((one) => (isHeapCurve(one) ? drawHeapCurve(one) : drawDistribution(one)))}</section>`;
}
