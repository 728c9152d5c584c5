import { startFilter } from './filter.ts';
import { startGrid } from './grid-keys.ts';
import { createPageData } from './page-data.ts';
import { addressOf, startSheet } from './sheet.ts';
import { startTheme } from './theme.ts';

const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;
const grids = [...document.querySelectorAll<HTMLTableElement>('table.matrix')];

startTheme(byId('theme'));
for (const grid of grids) {
  startGrid(grid, (kind, id, run) => {
    location.hash = addressOf(kind, id, run);
  });
}
startFilter({
  parts: [...document.querySelectorAll<HTMLElement>('.facets, .toolbar')],
  search: byId('search') as HTMLInputElement,
  clear: byId('clear'),
  found: byId('found'),
  grids,
});
startSheet(byId('sheet') as HTMLDialogElement, createPageData());
// A folded part would be missing on paper.
window.addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>('details.more')) folded.open = true;
});
