/** What Python's `...` becomes. */
export const ELLIPSIS: unique symbol = Symbol('Ellipsis');
