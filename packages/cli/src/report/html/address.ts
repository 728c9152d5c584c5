/** The part of the address behind `#`: what is opened, what is looked for, and the chips that are pressed. */
export interface PageAddress {
  readonly opened: { readonly kind: 'case' | 'claim'; readonly id: string; readonly run: number } | null;
  readonly find: string;
  /** Pressed chips by facet. */
  readonly facets: ReadonlyMap<string, ReadonlySet<string>>;
}

const KINDS = ['case', 'claim'] as const;
const NOT_FACETS: ReadonlySet<string> = new Set([...KINDS, 'run', 'find']);

/** Reads a hash; null for one that is the name of a section, which says nothing about find and filters. */
export function readAddress(hash: string): PageAddress | null {
  if (hash.length > 1 && !hash.includes('=')) return null;
  const values = new URLSearchParams(hash.slice(1));
  const kind = KINDS.find((name) => values.get(name));
  const run = Math.max(0, Math.trunc(Number(values.get('run') ?? 0)) || 0);
  const facets = new Map<string, Set<string>>();
  for (const [name, value] of values) {
    if (NOT_FACETS.has(name) || value === '') continue;
    facets.set(name, new Set(value.split(',')));
  }
  return {
    opened: kind === undefined ? null : { kind, id: values.get(kind) ?? '', run },
    find: values.get('find') ?? '',
    facets,
  };
}

/** Writes it; the empty string when there is nothing to say. */
export function writeAddress({ opened, find, facets }: PageAddress): string {
  const values = new URLSearchParams();
  if (opened) {
    values.set(opened.kind, opened.id);
    values.set('run', String(opened.run));
  }
  if (find !== '') values.set('find', find);
  for (const [facet, chosen] of facets) if (chosen.size > 0) values.set(facet, [...chosen].join(','));
  const text = values.toString();
  return text === '' ? '' : `#${text}`;
}
