import type { MatrixCell, MatrixColumn } from './matrix.ts';

/** `deviates until esp32 1.20.0, conforms since esp32 1.23.0`: where a row changes; empty where it never does. */
export function historyOf(columns: readonly MatrixColumn[], cells: readonly MatrixCell[]): string {
  const platforms = Map.groupBy(
    columns.flatMap((column, index) => {
      const cell = cells[index];
      return cell === undefined || cell.mark === 'unknown' ? [] : [{ column, word: cell.word }];
    }),
    ({ column }) => column.platform,
  );
  return [...platforms.values()].map(historyOfPlatform).filter(Boolean).join('; ');
}

function historyOfPlatform(known: readonly { readonly column: MatrixColumn; readonly word: string }[]): string {
  const changes = known.filter(({ word }, index) => index > 0 && known[index - 1]?.word !== word);
  const [first] = known;
  if (first === undefined || changes.length === 0) return '';
  const last = known[known.indexOf(changes[0] as (typeof known)[number]) - 1];
  const start = `${first.word} until ${last?.column.name}`;
  return [start, ...changes.map(({ column, word }) => `${word} since ${column.name}`)].join(', ');
}
