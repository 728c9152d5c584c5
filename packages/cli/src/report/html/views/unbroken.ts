import { html, type Markup } from '../markup.ts';

/** A text whose options (`--case=…`) stay whole where a line ends: a browser breaks them behind their hyphens. */
export function unbroken(text: string): Markup {
  const words = text.split(' ');
  return html`${words.map((word, index) => html`${index > 0 && ' '}${word.includes('--') ? html`<span class="option">${word}</span>` : word}`)}`;
}
