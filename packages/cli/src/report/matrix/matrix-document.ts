import type { Matrix, MatrixCell, MatrixKind, MatrixRow } from '@wirewrap/conformance';
import { html, type Markup } from '../html/markup.ts';
import { pageHead } from '../html/page-head.ts';

const HEADINGS: Readonly<Record<MatrixKind, string>> = {
  finding: 'Holes, crashes and traps',
  claim: 'What the sources state',
  certificate: 'Certificates, with CERT_REQUIRED, cadata and server_hostname',
  fault: 'Faults on the wire',
};

interface MatrixPage {
  readonly matrix: Matrix;
  readonly styles: string;
  /** The page of the same runs, in the order of the columns; cells lead to its cases. */
  readonly report: string;
}

function agrees({ cells }: MatrixRow): boolean {
  return new Set(cells.filter(({ mark }) => mark !== 'unknown').map(({ word }) => word)).size < 2;
}

function cell({ mark, word, observed, case: id }: MatrixCell, run: number, report: string): Markup {
  const text = html`<span class="word">${word}</span>`;
  return html`<td class="mark-${mark}" title="${observed}">${id === null ? text : html`<a href="${report}#case=${encodeURIComponent(id)}&amp;run=${run}">${text}</a>`}</td>`;
}

function row(item: MatrixRow, report: string): Markup {
  const { id, title, cells, history } = item;
  return html`<tr><th scope="row">${title}<span class="note">${id}${history !== '' && html` · ${history}`}</span></th>${cells.map((each, run) => cell(each, run, report))}</tr>`;
}

function table(rows: readonly MatrixRow[], { matrix, report }: MatrixPage): Markup {
  return html`<div class="scroll"><table class="firmwares"><thead><tr><td></td>${matrix.columns.map(({ name, machine, library }) => html`<th scope="col">${name}<span class="note">${machine}${library !== null && html`, Mbed TLS ${library}`}</span></th>`)}</tr></thead>
<tbody>${rows.map((item) => row(item, report))}</tbody></table></div>`;
}

function section(kind: MatrixKind, page: MatrixPage): Markup {
  const rows = page.matrix.rows.filter((item) => item.kind === kind);
  const same = kind === 'finding' ? [] : rows.filter(agrees);
  const shown = rows.filter((item) => !same.includes(item));
  return html`<section aria-labelledby="${kind}-title"><h2 id="${kind}-title">${HEADINGS[kind]}</h2>
${shown.length === 0 ? html`<p class="empty">All firmwares agree.</p>` : table(shown, page)}
${same.length > 0 && html`<details class="more"><summary>${same.length} more in which all firmwares agree</summary>${table(same, page)}</details>`}</section>`;
}

function warnings({ columns, contradictions }: Matrix): Markup {
  const notes = columns.flatMap(({ name, notes: list }) => list.map((note) => `${name}: ${note}`));
  return html`${contradictions.length > 0 && html`<section class="red"><h2>Contradicts the version ranges of findings</h2><ul>${contradictions.map((text) => html`<li>${text}</li>`)}</ul></section>`}
${notes.length > 0 && html`<ul class="note">${notes.map((text) => html`<li>${text}</li>`)}</ul>`}`;
}

function steps({ steps: list }: Matrix): Markup {
  if (list.length === 0) return html``;
  return html`<section aria-labelledby="steps-title"><h2 id="steps-title">From one firmware to the next</h2><ul>${list.map(
    ({ before, after, changed, same }) =>
      html`<li>${before} to ${after}: ${changed.length} cases changed, ${same} are the same</li>`,
  )}</ul></section>`;
}

/** Firmwares side by side as a page of its own, without a script; a cell leads to the case on the page of the runs. */
export function matrixDocument(page: MatrixPage): string {
  const { matrix, styles } = page;
  const title = `Wirewrap: ${matrix.columns.map(({ name }) => name).join(', ')}`;
  return html`<!doctype html>
<html lang="en">
${pageHead({ title, generator: 'wirewrap matrix', styles })}
<body>
<header class="masthead"><h1>${matrix.columns.length} firmwares side by side</h1>
<p class="note">The colour says whether the board was careful. A cell opens the case.</p></header>
<main>
${warnings(matrix)}
${(['finding', 'claim', 'certificate', 'fault'] as const).map((kind) => section(kind, page))}
${steps(matrix)}
</main>
</body>
</html>
`.text;
}
