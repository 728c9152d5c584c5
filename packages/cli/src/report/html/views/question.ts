import { shellWord } from '../../shell-word.ts';
import { html, type Markup } from '../markup.ts';
import type { PageData } from '../model/page-model.ts';
import { unbroken } from './unbroken.ts';

function row(term: string, text: string | null): Markup {
  return text === null ? html`` : html`<div><dt>${term}</dt><dd>${text}</dd></div>`;
}

/** The option that runs this case alone; a test of one's own is found by its name. */
function selecting(id: string): string {
  const name = /^own\/(.*)$/.exec(id)?.[1];
  if (name === undefined) return `--case=${shellWord(id)}`;
  const pattern = name.replaceAll(' > ', ' ').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `-t ${shellWord(`^${pattern}$`)}`;
}

/** What the case asked of the board, in words: fault or certificate, and what a careful peer does. */
export function question(data: PageData, id: string): Markup {
  const asked = data.questions[id];
  const statements = data.claims.filter(({ cases }) => cases.includes(id)).map(({ statement }) => statement);
  if (asked === undefined && statements.length === 0) return html``;
  return html`<section class="part question"><h3>What was asked</h3><dl>${
    asked === undefined
      ? row('in question', statements.join(' '))
      : html`${row('the case', asked.posed)}${row('what is wrong', asked.wrong)}${row('a careful peer', asked.careful)}${row('seen by others', asked.others ?? null)}`
  }</dl></section>`;
}

/** How to see it oneself: the board's end as a Python program, and the command that runs the case. */
export function again(data: PageData, id: string, run: number): Markup {
  const programs = data.details[run]?.[id]?.handshakes.flatMap(({ board }) => board.program ?? []) ?? [];
  const program = programs.at(-1);
  const url = data.runs[run]?.url ?? null;
  const board = url === null ? '' : ` --board=${shellWord(url)}`;
  return html`${program !== undefined && html`<section class="part"><h3>The board's end in Python</h3><pre tabindex="0">${program}</pre></section>`}
<section class="part"><h3>Run it again</h3><pre tabindex="0">${unbroken(`npx wirewrap test ${selecting(id)}${board}`)}</pre></section>`;
}
