import { BoardsError } from '../errors.ts';
import type { AskedPlace } from '../labgrid/hold-place.ts';
import type { BoardKind } from './board-kind.ts';

/** A place of labgrid, which is acquired from its coordinator: one by name, or any that has some tags. */
export type LabgridPlace = { readonly scheme: 'labgrid' } & AskedPlace;

/** `labgrid:PLACE`, `labgrid:+TOKEN` of a reservation of one's own, or `labgrid:?board=esp32,chip=c3`. */
function parseLabgridUrl(url: string): LabgridPlace {
  const [, place, query] = /^labgrid:(?:([^\s/?,]+)|\?(\S+))$/.exec(url) ?? [];
  if (place) return { scheme: 'labgrid', place };
  // The coordinator's own rule for keys and values of tags.
  const pairs = (query ?? '').split(/[,&]/).map((pair) => /^([A-Z][\w-]*)=([\w.-]+)$/i.exec(pair));
  const tags = pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : []));
  if (query === undefined || tags.length < pairs.length) {
    const what = query === undefined ? 'names no place' : 'has tags that are not NAME=VALUE';
    throw new BoardsError('BAD_URL', `The board URL '${url}' ${what}: labgrid:PLACE, or labgrid:?board=esp32,chip=c3.`);
  }
  return { scheme: 'labgrid', tags: Object.fromEntries(tags) };
}

export const labgridKind: BoardKind<LabgridPlace> = {
  parse: parseLabgridUrl,
  label: (place) => ('place' in place ? place.place : Object.values(place.tags).join('-')),
  leaseKey: () => null,
  async start(place, { signal, wait }) {
    const { acquireLabgridPlace } = await import('./acquire-labgrid-place.ts');
    const asked = 'place' in place ? { place: place.place } : { tags: place.tags };
    return await acquireLabgridPlace(asked, { signal, ...(wait ? { wait } : {}) });
  },
};
