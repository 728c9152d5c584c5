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

/** Find and chips over findings and the rows of all tables. What is chosen is in the address, so that a link shows it. */
export function startFilter({ parts, search, clear, found, grids, findings, wordsOf }: Parts): void {
  const chips = [...document.querySelectorAll<HTMLElement>('.chip')];
  const texts = new Map(
    grids.flatMap((grid) =>
      [...grid.querySelectorAll<HTMLTableRowElement>('tr[data-open]')].map((row) => {
        const { id = '', open } = row.dataset;
        const group = row.closest('tbody')?.querySelector('.group')?.textContent ?? '';
        const more = open === 'case' ? wordsOf(id) : '';
        return [row, `${id} ${group} ${row.textContent} ${more}`.toLowerCase()] as const;
      }),
    ),
  );
  const cards = findings.map((card) => [card, `${card.dataset.finding} ${card.textContent}`.toLowerCase()] as const);

  const pressed = (): Map<string, Set<string>> => {
    const facets = new Map<string, Set<string>>();
    for (const { dataset } of chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true')) {
      const { facet = '', value = '' } = dataset;
      facets.set(facet, (facets.get(facet) ?? new Set()).add(value));
    }
    return facets;
  };

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const facets = pressed();
    for (const [row, text] of texts)
      row.hidden = !matchesFacets(row, facets) || !words.every((word) => text.includes(word));
    for (const [card, text] of cards) card.hidden = !words.every((word) => text.includes(word));
    const shownCards = cards.filter(([card]) => !card.hidden).length;
    const empty = (name: string, none: boolean) => {
      const note = document.querySelector<HTMLElement>(`[data-empty="${name}"]`);
      if (note) note.hidden = !none;
    };
    empty('findings', cards.length > 0 && shownCards === 0);
    const counts = grids.map((grid) => {
      const rows = [...texts.keys()].filter((row) => grid.contains(row));
      const shown = rows.filter((row) => !row.hidden).length;
      for (const body of grid.tBodies) body.hidden = ![...body.rows].some((row) => row.dataset.open && !row.hidden);
      empty(grid.id, shown === 0);
      grid.hidden = shown === 0;
      return `${shown} of ${rows.length} ${NOUNS[grid.id]}`;
    });
    const active = words.length > 0 || facets.size > 0;
    clear.hidden = !active;
    document.documentElement.classList.toggle('is-filtered', active);
    for (const grid of grids) keepTabStop(grid);
    if (words.length > 0) counts.unshift(`${shownCards} of ${cards.length} findings`);
    found.textContent = active ? counts.join(', ') : '';
  };

  const apply = () => {
    show();
    const opened = readAddress(location.hash)?.opened ?? null;
    const hash = writeAddress({ opened, find: search.value.trim(), facets: pressed() });
    if (hash !== location.hash) history.replaceState(null, '', location.pathname + location.search + hash);
  };

  /** From the address into the controls. */
  const restore = () => {
    const address = readAddress(location.hash);
    if (address === null) return;
    search.value = address.find;
    for (const chip of chips) {
      const { facet = '', value = '' } = chip.dataset;
      chip.setAttribute('aria-pressed', String(address.facets.get(facet)?.has(value) ?? false));
    }
    show();
  };

  search.addEventListener('input', apply);
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }
  clear.addEventListener('click', () => {
    search.value = '';
    for (const chip of chips) chip.setAttribute('aria-pressed', 'false');
    apply();
    search.focus();
  });
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (search.value === '') search.blur();
    search.value = '';
    apply();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key !== '/' || typing || command || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  window.addEventListener('hashchange', restore);
  for (const part of parts) part.hidden = false;
  restore();
}
