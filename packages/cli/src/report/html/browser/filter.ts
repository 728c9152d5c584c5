import { type PageAddress, readAddress, writeAddress } from '../address.ts';
import { keepTabStop } from './grid-keys.ts';

type Facets = PageAddress['facets'];

/** Within one facet any value matches, between facets all must. A row that does not have the facet (a case has no role) stays out. */
function matchesFacets(row: HTMLElement, facets: Facets): boolean {
  return [...facets].every(([facet, values]) => {
    const has = row.dataset[facet]?.split(' ') ?? [];
    return has.some((value) => values.has(value));
  });
}

interface Parts {
  /** Hidden until there is a script that makes them work. */
  readonly parts: readonly HTMLElement[];
  readonly search: HTMLInputElement;
  readonly clear: HTMLElement;
  readonly found: HTMLElement;
  readonly grids: readonly HTMLTableElement[];
  /** Cards of findings: found by words alone, for they have no facets. */
  readonly findings: readonly HTMLElement[];
  /** What a case's row does not say, and find looks at all the same. */
  readonly wordsOf: (caseId: string) => string;
}

const NOUNS: Readonly<Record<string, string>> = { 'claim-grid': 'claims', 'case-grid': 'cases' };

/** What was typed and which chips are pressed. */
interface Query {
  readonly words: readonly string[];
  readonly facets: Facets;
}

/** What is found, and where it is looked for, in lower case. */
interface Searched {
  readonly rows: ReadonlyMap<HTMLTableRowElement, string>;
  readonly cards: ReadonlyMap<HTMLElement, string>;
}

function searchedOf({ grids, findings, wordsOf }: Parts): Searched {
  const rows = grids.flatMap((grid) => [...grid.querySelectorAll<HTMLTableRowElement>('tr[data-open]')]);
  return {
    rows: new Map(rows.map((row) => [row, rowText(row, wordsOf)])),
    cards: new Map(findings.map((card) => [card, `${card.dataset.finding} ${card.textContent}`.toLowerCase()])),
  };
}

function rowText(row: HTMLTableRowElement, wordsOf: Parts['wordsOf']): string {
  const { id = '', open } = row.dataset;
  const group = row.closest('tbody')?.querySelector('.group')?.textContent ?? '';
  const more = open === 'case' ? wordsOf(id) : '';
  return `${id} ${group} ${row.textContent} ${more}`.toLowerCase();
}

const isPressed = (chip: HTMLElement): boolean => chip.getAttribute('aria-pressed') === 'true';
const press = (chip: HTMLElement, pressed: boolean): void => chip.setAttribute('aria-pressed', String(pressed));

function facetsOf(chips: readonly HTMLElement[]): Facets {
  const facets = new Map<string, Set<string>>();
  for (const { dataset } of chips.filter(isPressed)) {
    const { facet = '', value = '' } = dataset;
    facets.set(facet, (facets.get(facet) ?? new Set()).add(value));
  }
  return facets;
}

function queryOf(search: HTMLInputElement, chips: readonly HTMLElement[]): Query {
  return { words: search.value.toLowerCase().split(/\s+/).filter(Boolean), facets: facetsOf(chips) };
}

/** Shows or hides the note that nothing was found. */
function noteEmpty(name: string, isEmpty: boolean): void {
  const note = document.querySelector<HTMLElement>(`[data-empty="${name}"]`);
  if (note) note.hidden = !isEmpty;
}

function showMatching({ words, facets }: Query, { rows, cards }: Searched): void {
  const holdsWords = (text: string): boolean => words.every((word) => text.includes(word));
  for (const [row, text] of rows) row.hidden = !matchesFacets(row, facets) || !holdsWords(text);
  for (const [card, text] of cards) card.hidden = !holdsWords(text);
}

/** Hides a table without a row, and groups without one; how many rows are left, in words. */
function countRows(grid: HTMLTableElement, { rows }: Searched): string {
  const all = [...rows.keys()].filter((row) => grid.contains(row));
  const shown = all.filter((row) => !row.hidden).length;
  for (const body of grid.tBodies) body.hidden = ![...body.rows].some((row) => row.dataset.open && !row.hidden);
  noteEmpty(grid.id, shown === 0);
  grid.hidden = shown === 0;
  return `${shown} of ${all.length} ${NOUNS[grid.id]}`;
}

function countCards({ cards }: Searched): string {
  const shown = [...cards.keys()].filter((card) => !card.hidden).length;
  noteEmpty('findings', cards.size > 0 && shown === 0);
  return `${shown} of ${cards.size} findings`;
}

function showFound(query: Query, searched: Searched, { grids, clear, found }: Parts): void {
  showMatching(query, searched);
  const ofCards = countCards(searched);
  const ofRows = grids.map((grid) => countRows(grid, searched));
  const active = query.words.length > 0 || query.facets.size > 0;
  clear.hidden = !active;
  document.documentElement.classList.toggle('is-filtered', active);
  for (const grid of grids) keepTabStop(grid);
  const counts = query.words.length > 0 ? [ofCards, ...ofRows] : ofRows;
  found.textContent = active ? counts.join(', ') : '';
}

function writeToAddress(find: string, facets: Facets): void {
  const opened = readAddress(location.hash)?.opened ?? null;
  const hash = writeAddress({ opened, find: find.trim(), facets });
  if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);
}

/** Sets find and chips to what the address says; false where it says nothing of them. */
function readFromAddress(search: HTMLInputElement, chips: readonly HTMLElement[]): boolean {
  const address = readAddress(location.hash);
  if (address === null) return false;
  search.value = address.find;
  for (const chip of chips) {
    const { facet = '', value = '' } = chip.dataset;
    press(chip, address.facets.get(facet)?.has(value) ?? false);
  }
  return true;
}

/** `/` goes to find from wherever nothing is typed into. */
function goToFindBySlash(search: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== '/' || typing || command || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

/** Calls `apply` whenever the reader changed find or chips. */
function listen({ search, clear }: Parts, chips: readonly HTMLElement[], apply: () => void): void {
  search.addEventListener('input', apply);
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (search.value === '') search.blur();
    search.value = '';
    apply();
  });
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      press(chip, !isPressed(chip));
      apply();
    });
  }
  clear.addEventListener('click', () => {
    search.value = '';
    for (const chip of chips) press(chip, false);
    apply();
    search.focus();
  });
}

/** Find and chips over findings and the rows of all tables. What is chosen is in the address, so that a link shows it. */
export function startFilter(parts: Parts): void {
  const { search } = parts;
  const chips = [...document.querySelectorAll<HTMLElement>('.chip')];
  const searched = searchedOf(parts);
  const show = () => showFound(queryOf(search, chips), searched, parts);
  const restore = () => {
    if (readFromAddress(search, chips)) show();
  };
  listen(parts, chips, () => {
    show();
    writeToAddress(search.value, facetsOf(chips));
  });
  goToFindBySlash(search);
  window.addEventListener('hashchange', restore);
  for (const part of parts.parts) part.hidden = false;
  restore();
}
