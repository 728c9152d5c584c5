import { keepTabStop } from './grid-keys.ts';

/** Folds the groups of a table; its button opens one. A filter shows what matches whether it is folded or not. */
export function startFolding(table: HTMLTableElement): void {
  for (const body of table.tBodies) {
    const button = body.querySelector<HTMLButtonElement>('button.fold');
    if (!button) continue;
    const apply = (open: boolean) => {
      button.setAttribute('aria-expanded', String(open));
      body.classList.toggle('folded', !open);
    };
    apply(false);
    button.addEventListener('click', () => {
      apply(button.getAttribute('aria-expanded') !== 'true');
      keepTabStop(table);
    });
  }
}
