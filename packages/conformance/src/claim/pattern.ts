/**
 * What a claim expects of an observed value: objects match when every named field matches, functions decide,
 * regular expressions match text, everything else must be equal.
 */
export type Pattern =
  | string
  | number
  | boolean
  | null
  | RegExp
  | ((value: unknown) => boolean)
  | readonly Pattern[]
  | { readonly [field: string]: Pattern };

export function matchesPattern(value: unknown, pattern: Pattern): boolean {
  if (typeof pattern === 'function') return pattern(value);
  if (pattern instanceof RegExp) return typeof value === 'string' && pattern.test(value);
  if (pattern === null || typeof pattern !== 'object') return Object.is(value, pattern);
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(value) &&
      value.length === pattern.length &&
      pattern.every((item, i) => matchesPattern(value[i], item))
    );
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.entries(pattern).every(([field, expected]) =>
    matchesPattern((value as Record<string, unknown>)[field] ?? null, expected),
  );
}

/** Matches when any of the patterns does. */
export function anyOf(...patterns: readonly Pattern[]): Pattern {
  return (value) => patterns.some((pattern) => matchesPattern(value, pattern));
}

/** Matches when the pattern does not. */
export function not(pattern: Pattern): Pattern {
  return (value) => !matchesPattern(value, pattern);
}

/** A list that holds all of these items. */
export function includes(...items: readonly unknown[]): Pattern {
  return (value) => Array.isArray(value) && items.every((item) => value.includes(item));
}

/** A list that holds none of these items. */
export function excludes(...items: readonly unknown[]): Pattern {
  return (value) => Array.isArray(value) && items.every((item) => !value.includes(item));
}

/** A list that holds none but these items, and at least one of them. */
export function onlyOf(...items: readonly unknown[]): Pattern {
  return (value) => Array.isArray(value) && value.length > 0 && value.every((item) => items.includes(item));
}
