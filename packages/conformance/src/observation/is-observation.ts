/**
 * Whether a canonical value says anything: a number, a word, a list (an empty one says that there is none of what was
 * asked for), or at least one field. Python's None is a word by then; null is what is left of a case that saw nothing.
 */
export function isObservation(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (typeof value === 'object' && !Array.isArray(value)) return Object.keys(value).length > 0;
  return typeof value !== 'function';
}
