import { caseGrid } from '../views/matrix.ts';
import { startFilter } from './filter.ts';
import { startFolding } from './fold.ts';
import { startGrid } from './grid-keys.ts';
import { loadPageData } from './page-data.ts';
import { addressOf, startSheet } from './sheet.ts';
import { startTheme } from './theme.ts';
import { caseWords } from './wire-words.ts';

const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

startTheme(byId('theme'));
// A folded part would be missing on paper.
window.addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>('details.more, details.finding'))
    folded.open = true;
});

async function start(): Promise<void> {
  const data = await loadPageData();
  const place = document.getElementById('case-table');
  // Built by the `html` template, which escapes every value; the page's policy runs no script but this one.
  if (place) place.innerHTML = caseGrid(data.cases, data.runs).text;
  const grids = [...document.querySelectorAll<HTMLTableElement>('table.matrix')];
  for (const grid of grids) {
    startFolding(grid);
    startGrid(grid, (kind, id, run) => {
      location.hash = addressOf(kind, id, run);
    });
  }
  startFilter({
    parts: [...document.querySelectorAll<HTMLElement>('.toolbar')],
    search: byId('search') as HTMLInputElement,
    clear: byId('clear'),
    found: byId('found'),
    grids,
    findings: [...document.querySelectorAll<HTMLElement>('[data-finding]')],
    wordsOf: (id) => caseWords(data, id),
  });
  startSheet(byId('sheet') as HTMLDialogElement, data);
  document.documentElement.classList.add('is-ready');
}

void start();
