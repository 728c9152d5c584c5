import { html, type Markup } from '../markup.ts';
import type { PageData } from '../model/page-model.ts';

/** The same case or claim in the other runs: links, so that each view has an address of its own. */
export function runTabs({ runs }: PageData, kind: 'case' | 'claim', id: string, current: number): Markup {
  if (runs.length < 2) return html``;
  return html`<nav class="run-tabs" aria-label="Runs">${runs.map(
    ({ name }, run) =>
      html`<a href="#${kind}=${encodeURIComponent(id)}&amp;run=${run}"${run === current && html` aria-current="true"`}>${name}</a>`,
  )}</nav>`;
}
