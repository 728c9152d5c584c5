/**
 * The page's data with everything that repeats written once. A page holds a thousand handshakes that say the same again
 * and again: packed they are a quarter of what compression alone makes of them.
 */
export interface PackedModel {
  readonly top: unknown;
  /** Objects, lists and long strings; `@1a` stands for the entry with that number in base 36. */
  readonly table: readonly unknown[];
}

const MARK = '@';
/** Shorter strings and values are not worth a place in the table. */
const WORTH = { string: 12, json: 24 } as const;
/** Times are kept in hundredths of a millisecond, each as the distance to the one before. */
const PER_MS = 100;

type Fields = Readonly<Record<string, unknown>>;

interface Columns {
  readonly '@times': readonly number[];
  readonly '@rest': unknown;
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isTimed(value: unknown): value is { readonly atMs: number } {
  return isFields(value) && typeof value.atMs === 'number';
}

/** Packs JSON values. Times beside the name `atMs` lose what is below 0.01 ms. */
export function pack(value: unknown): PackedModel {
  const table: unknown[] = [];
  const places = new Map<string, string>();
  const place = (key: string, entry: unknown): string => {
    const known = places.get(key);
    if (known !== undefined) return known;
    const name = MARK + table.length.toString(36);
    places.set(key, name);
    table.push(entry);
    return name;
  };
  const timed = (list: readonly { readonly atMs: number }[]): Columns => {
    const at = list.map(({ atMs }) => Math.round(atMs * PER_MS));
    return {
      '@times': at.map((time, index) => time - (at[index - 1] ?? 0)),
      '@rest': go(list.map(({ atMs: _atMs, ...rest }) => rest)),
    };
  };
  const fields = (object: Fields): unknown => {
    const entries = Object.entries(object).filter(([, item]) => item !== undefined);
    // Names of the packed form, should a board send them, must not be taken for it.
    if (entries.some(([name]) => name.startsWith(MARK))) return { '@entries': entries.map((entry) => go(entry)) };
    return Object.fromEntries(entries.map(([name, item]) => [name, go(item)]));
  };
  const go = (item: unknown): unknown => {
    if (typeof item === 'string') {
      return item.length > WORTH.string || item.startsWith(MARK) ? place(JSON.stringify(item), item) : item;
    }
    if (item === null || typeof item !== 'object') return item ?? null;
    const list = Array.isArray(item) ? (item as unknown[]) : null;
    if (list !== null && list.length > 0 && list.every(isTimed)) return timed(list);
    const packed = list === null ? fields(item as Fields) : list.map(go);
    const key = JSON.stringify(packed);
    return key.length < WORTH.json ? packed : place(key, packed);
  };
  return { top: go(value), table };
}

/** The value that was packed. Parts that repeat are one object in it: do not change them. */
export function unpack({ top, table }: PackedModel): unknown {
  const done = new Map<number, unknown>();
  const entry = (index: number): unknown => {
    if (!done.has(index)) {
      const raw = table[index];
      done.set(index, typeof raw === 'string' ? raw : go(raw));
    }
    return done.get(index);
  };
  const timed = ({ '@times': times, '@rest': rest }: Columns): unknown => {
    let at = 0;
    return (go(rest) as readonly Fields[]).map((item, index) => {
      at += times[index] ?? 0;
      return { ...item, atMs: at / PER_MS };
    });
  };
  const go = (item: unknown): unknown => {
    if (typeof item === 'string') return item.startsWith(MARK) ? entry(Number.parseInt(item.slice(1), 36)) : item;
    if (Array.isArray(item)) return item.map(go);
    if (!isFields(item)) return item;
    if ('@times' in item) return timed(item as unknown as Columns);
    if ('@entries' in item)
      return Object.fromEntries((item['@entries'] as unknown[]).map((pair) => go(pair) as [string, unknown]));
    return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, go(value)]));
  };
  return go(top);
}
