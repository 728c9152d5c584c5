import type { PageData } from '../model/page-model.ts';
import { caseSheet } from '../views/case-sheet.ts';
import { claimSheet } from '../views/claim-sheet.ts';

interface Address {
  readonly kind: 'case' | 'claim';
  readonly id: string;
  readonly run: number;
}

function readAddress(hash: string, runs: number): Address | null {
  const values = new URLSearchParams(hash.slice(1));
  const run = Math.min(Math.max(Math.trunc(Number(values.get('run') ?? 0)) || 0, 0), Math.max(runs - 1, 0));
  for (const kind of ['case', 'claim'] as const) {
    const id = values.get(kind);
    if (id) return { kind, id, run };
  }
  return null;
}

export function addressOf(kind: string, id: string, run: number): string {
  return `#${kind}=${encodeURIComponent(id)}&run=${run}`;
}

/** The order in which the matrix shows them, and only what the filter leaves. */
function neighbours({ kind, id }: Address): { before: string | undefined; after: string | undefined } {
  const rows = [...document.querySelectorAll<HTMLElement>(`tr[data-open="${kind}"]`)].filter((row) => !row.hidden);
  const index = rows.findIndex((row) => row.dataset.id === id);
  return {
    before: index < 0 ? undefined : rows[index - 1]?.dataset.id,
    after: index < 0 ? undefined : rows[index + 1]?.dataset.id,
  };
}

/** The opened case or claim. The address says which, so back, forward and a copied link work, also from a file. */
export function startSheet(dialog: HTMLDialogElement, load: () => Promise<PageData>): void {
  const body = dialog.querySelector<HTMLElement>('.sheet-body');
  const [previous, next] = ['previous', 'next'].map((id) => document.getElementById(id) as HTMLButtonElement | null);
  let opener: Element | null = null;

  const show = async () => {
    const { hash } = location;
    if (!readAddress(hash, 1)) {
      if (dialog.open) dialog.close();
      return;
    }
    const data = await load();
    const address = readAddress(hash, data.runs.length);
    // While the data were unpacked another address may have been asked for.
    if (!address || hash !== location.hash) return;
    const { kind, id, run } = address;
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
    if (readAddress(location.hash, 1)) history.pushState(null, '', location.pathname + location.search);
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
  window.addEventListener('hashchange', () => void show());
  void show();
}
