import { html, type Markup } from '../report/html/markup.ts';
import type { Distribution } from '../report/html/model/page-model.ts';
import { readStyles } from '../report/html/page-assets.ts';
import { pageHead } from '../report/html/page-head.ts';
import { drawHeapCurve } from '../report/html/views/heap-curve.ts';
import { describeTrend, soakSentence } from './format-soak.ts';
import { formatDuration } from './parse-duration.ts';
import { worstOf } from './soak-readings.ts';
import type { SoakReading, SoakRecord } from './soak-record.ts';

interface Curve {
  readonly name: string;
  readonly unit: 'bytes' | 'ms' | 'count';
  readonly of: (reading: SoakReading) => number | null | undefined;
}

/** Of a virtual board the process's memory stands in place of a free heap, below nothing. */
function nativeOf(reading: SoakReading): { readonly free: number | null; readonly held: number | null } {
  const { freeNative } = worstOf(reading);
  if (freeNative === null) return { free: null, held: null };
  return freeNative < 0 ? { free: null, held: -freeNative } : { free: freeNative, held: null };
}

const CURVES: readonly Curve[] = [
  { name: "Python's heap free", unit: 'bytes', of: (reading) => worstOf(reading).freeHeap },
  { name: 'Native heap free', unit: 'bytes', of: (reading) => nativeOf(reading).free },
  { name: 'Held by the process', unit: 'bytes', of: (reading) => nativeOf(reading).held },
  { name: 'Largest free block of the native heap', unit: 'bytes', of: (reading) => worstOf(reading).largestBlock },
  { name: 'Highest number of a new socket', unit: 'count', of: (reading) => worstOf(reading).socket },
  { name: 'Handshake as client, median', unit: 'ms', of: ({ pace }) => pace.client?.medianMs },
  { name: 'Handshake as client, longest', unit: 'ms', of: ({ pace }) => pace.client?.longestMs },
  { name: 'Handshake as server, median', unit: 'ms', of: ({ pace }) => pace.server?.medianMs },
  { name: 'Handshake as server, longest', unit: 'ms', of: ({ pace }) => pace.server?.longestMs },
];

function plotOf({ name, unit, of }: Curve, readings: readonly SoakReading[]): Markup | null {
  const values = readings.flatMap((reading) => {
    const value = of(reading);
    const at = `${formatDuration(reading.atMs)}, ${reading.connections} connections`;
    return value === null || value === undefined ? [] : [{ case: at, value }];
  });
  if (values.length < 2) return null;
  const curve: Distribution = { name, unit, rows: [{ label: 'soak', run: 0, values, median: Number.NaN }] };
  return drawHeapCurve(curve, {
    step: 'reading',
    extreme: name.includes('free') ? 'lowest' : 'highest',
  });
}

/**
 * The soak as one page that needs nothing else: no script, no request; its policy allows its style sheet and nothing more.
 *
 * @example await writeWhole('soak.html', await soakPage(record));
 */
export async function soakPage(record: SoakRecord): Promise<string> {
  const styles = await readStyles();
  const { board, readings, trends, resets, resetCount, errors, note, end } = record;
  const stands = Math.max(...readings.map(({ standsFor = 1 }) => standsFor));
  const name = `${board.machine ?? board.url} ${board.version ?? ''}`.trim();
  const page = html`<!doctype html>
<html lang="en">
${pageHead({ title: `Wirewrap soak: ${name}`, generator: 'wirewrap soak', styles })}
<body>
<main>
<h1>Soak of ${name}</h1>
<p>${end === 'running' ? 'Still running, or ended without a word: ' : ''}${soakSentence(record)}</p>
${note === null ? null : html`<p>${note}</p>`}
${trends.map((trend) => html`<p>${trend.name}: ${describeTrend(trend)}, ${trend.verdict}.</p>`)}
${stands > 1 ? html`<p>Each point stands for up to ${stands} readings and shows the worst of them.</p>` : null}
${CURVES.map((curve) => plotOf(curve, readings))}
${resets.length === 0 ? null : html`<h2>Resets</h2>${resetCount > resets.length ? html`<p>The first ${resets.length} of ${resetCount}.</p>` : null}<ul>${resets.map(({ atMs, connections, reason }) => html`<li>After ${formatDuration(atMs)} and ${connections} connections: ${reason}</li>`)}</ul>`}
${errors.length === 0 ? null : html`<h2>Connections that failed</h2><ul>${errors.slice(0, 100).map(({ atMs, connection, role, text }) => html`<li>After ${formatDuration(atMs)}, connection ${connection}, as ${role}: ${text}</li>`)}</ul>`}
</main>
</body>
</html>
`;
  return page.text;
}
