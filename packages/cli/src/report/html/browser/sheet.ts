import { type PageAddress, readAddress, writeAddress } from '../address.ts';
import type { PageData } from '../model/page-model.ts';
import { caseSheet } from '../views/case-sheet.ts';
import { claimSheet } from '../views/claim-sheet.ts';

type Opened = NonNullable<PageAddress['opened']>;

function openedBy(hash: string): Opened | null {
  return readAddress(hash)?.opened ?? null;
}

/** The address of a case or claim, with find and filters as they are. */
export function addressOf(kind: Opened['kind'], id: string, run: number): string {
  const { find = '', facets = new Map() } = readAddress(location.hash) ?? {};
  return writeAddress({ opened: { kind, id, run }, find, facets });
}

/** The order in which the matrix shows them, and only what the filter leaves. */
function neighbours({ kind, id }: Opened): { before: string | undefined; after: string | undefined } {
  const rows = [...document.querySelectorAll<HTMLElement>(`tr[data-open="${kind}"]`)].filter((row) => !row.hidden);
  const index = rows.findIndex((row) => row.dataset.id === id);
  return {
    before: index < 0 ? undefined : rows[index - 1]?.dataset.id,
    after: index < 0 ? undefined : rows[index + 1]?.dataset.id,
  };
}

/** The opened case or claim. The address says which, so back, forward and a copied link work, also from a file. */
export function startSheet(dialog: HTMLDialogElement, data: PageData): void {
  const body = dialog.querySelector<HTMLElement>('.sheet-body');
  const [previous, next] = ['previous', 'next'].map((id) => document.getElementById(id) as HTMLButtonElement | null);
  let opener: Element | null = null;

  const show = () => {
    const address = openedBy(location.hash);
    if (!address) {
      if (dialog.open) dialog.close();
      return;
    }
    const { kind, id } = address;
    const run = Math.min(address.run, Math.max(data.runs.length - 1, 0));
    const markup = kind === 'case' ? caseSheet(data, id, run) : claimSheet(data, id, run);
    // Built by the `html` template, which escapes every value; the page's policy runs no script but this one.
    if (body) body.innerHTML = markup.text;
    const { before, after } = neighbours(address);
    for (const [button, target] of [
      [previous, before],
      [next, after],
    ] as const) {
      if (!button) continue;
      button.disabled = target === undefined;
      button.onclick = () => target !== undefined && location.replace(addressOf(kind, target, run));
    }
    if (!dialog.open) {
      opener = document.activeElement;
      dialog.showModal();
      document.documentElement.classList.add('sheet-open');
    }
    body?.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  };

  dialog.addEventListener('close', () => {
    document.documentElement.classList.remove('sheet-open');
    const address = readAddress(location.hash);
    if (address?.opened) {
      history.pushState(null, '', location.pathname + location.search + writeAddress({ ...address, opened: null }));
    }
    if (opener instanceof HTMLElement && opener !== document.body) opener.focus();
  });
  dialog.addEventListener('click', (event) => {
    const box = dialog.getBoundingClientRect();
    if (event.target === dialog && event.clientX > 0 && event.clientX < box.left) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '[') previous?.click();
    if (event.key === ']') next?.click();
  });
  document.getElementById('close')?.addEventListener('click', () => dialog.close());
  body?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    const target = link && openedBy(link.hash);
    if (!target) return;
    // Links of the sheet name what to open; find and filters stay.
    event.preventDefault();
    location.hash = addressOf(target.kind, target.id, target.run);
  });
  window.addEventListener('hashchange', show);
  show();
}
