import { keepTabStop } from './grid-keys.ts';

type Facets = Map<string, Set<string>>;

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
}

/** Search and chips over the rows of all grids. */
export function startFilter({ parts, search, clear, found, grids }: Parts): void {
  const chips = [...document.querySelectorAll<HTMLElement>('.chip')];
  const texts = new Map(
    grids.flatMap((grid) =>
      [...grid.querySelectorAll<HTMLTableRowElement>('tr[data-open]')].map((row) => {
        const group = row.closest('tbody')?.querySelector('.group')?.textContent ?? '';
        return [row, `${row.dataset.id} ${group} ${row.textContent}`.toLowerCase()] as const;
      }),
    ),
  );

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const facets: Facets = new Map();
    for (const { dataset } of chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true')) {
      const { facet = '', value = '' } = dataset;
      facets.set(facet, (facets.get(facet) ?? new Set()).add(value));
    }
    for (const [row, text] of texts)
      row.hidden = !matchesFacets(row, facets) || !words.every((word) => text.includes(word));
    const counts = grids.map((grid) => {
      const rows = [...texts.keys()].filter((row) => grid.contains(row));
      const shown = rows.filter((row) => !row.hidden).length;
      for (const body of grid.tBodies) body.hidden = ![...body.rows].some((row) => row.dataset.open && !row.hidden);
      const empty = document.querySelector<HTMLElement>(`[data-empty="${grid.id}"]`);
      if (empty) empty.hidden = shown > 0;
      grid.hidden = shown === 0;
      keepTabStop(grid);
      return `${shown} of ${rows.length} ${grid.id === 'claim-grid' ? 'claims' : 'cases'}`;
    });
    const active = words.length > 0 || facets.size > 0;
    clear.hidden = !active;
    document.documentElement.classList.toggle('is-filtered', active);
    found.textContent = active ? counts.join(', ') : '';
  };

  search.addEventListener('input', apply);
  for (const chip of chips) {
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  }
  const reset = () => {
    search.value = '';
    for (const chip of chips) chip.setAttribute('aria-pressed', 'false');
    apply();
  };
  clear.addEventListener('click', () => {
    reset();
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
    if (
      event.key !== '/' ||
      typing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector('dialog[open]')
    )
      return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  for (const part of parts) part.hidden = false;
}
