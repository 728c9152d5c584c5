type Move = (row: number, column: number, last: { row: number; column: number }) => readonly [number, number];

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: (row, column) => [row + 1, column],
  ArrowUp: (row, column) => [row - 1, column],
  ArrowRight: (row, column) => [row, column + 1],
  ArrowLeft: (row, column) => [row, column - 1],
  PageDown: (row, column) => [row + 10, column],
  PageUp: (row, column) => [row - 10, column],
  Home: (row) => [row, 0],
  End: (row, _column, last) => [row, last.column],
};

function visibleRows(table: HTMLTableElement): HTMLTableRowElement[] {
  const filtered = document.documentElement.classList.contains('is-filtered');
  return [...table.querySelectorAll<HTMLTableRowElement>('tr[data-open]')].filter(
    (row) => !row.hidden && (filtered || row.closest('tbody')?.classList.contains('folded') !== true),
  );
}

function cellsOf(row: HTMLTableRowElement | undefined): HTMLTableCellElement[] {
  return [...(row?.querySelectorAll<HTMLTableCellElement>('td[data-run]') ?? [])];
}

/** The grid has one stop in the tab order: the cell that was last focused, or the first that is visible. */
export function keepTabStop(table: HTMLTableElement): void {
  const rows = visibleRows(table);
  const kept = table.querySelector<HTMLElement>('td[tabindex="0"]');
  if (kept && rows.some((row) => row.contains(kept))) return;
  kept?.setAttribute('tabindex', '-1');
  cellsOf(rows[0])[0]?.setAttribute('tabindex', '0');
}

function focusCell(table: HTMLTableElement, cell: HTMLElement | undefined): void {
  if (!cell) return;
  table.querySelector('td[tabindex="0"]')?.setAttribute('tabindex', '-1');
  cell.setAttribute('tabindex', '0');
  cell.focus();
}

/** Arrow keys, Home, End and the page keys move between cells; Enter, Space or a click opens. */
export function startGrid(
  table: HTMLTableElement,
  open: (kind: 'case' | 'claim', id: string, run: number) => void,
): void {
  const openFrom = (target: EventTarget | null) => {
    if (!(target instanceof Element)) return;
    const row = target.closest<HTMLElement>('tr[data-open]');
    const cell = target.closest<HTMLElement>('td[data-run]');
    if (!row) return;
    focusCell(table, cell ?? row.querySelector<HTMLElement>('td[data-run]') ?? undefined);
    open(row.dataset.open === 'claim' ? 'claim' : 'case', row.dataset.id ?? '', Number(cell?.dataset.run ?? 0));
  };
  table.addEventListener('click', (event) => {
    if (document.getSelection()?.isCollapsed !== false) openFrom(event.target);
  });
  table.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The button that folds a group keeps its own keys.
    if (event.target instanceof Element && event.target.closest('button')) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      openFrom(event.target);
      return;
    }
    const move = MOVES[event.key];
    const cell = event.target instanceof Element ? event.target.closest<HTMLTableCellElement>('td[data-run]') : null;
    const rows = visibleRows(table);
    const row = rows.findIndex((candidate) => cell !== null && candidate.contains(cell));
    if (!move || !cell || row < 0) return;
    event.preventDefault();
    const last = { row: rows.length - 1, column: cellsOf(rows[row]).length - 1 };
    const [toRow, toColumn] = move(row, Number(cell.dataset.run), last);
    const target = rows[Math.min(Math.max(toRow, 0), last.row)];
    focusCell(table, cellsOf(target)[Math.min(Math.max(toColumn, 0), last.column)]);
  });
  keepTabStop(table);
}
