/**
 * Does the work for all at once. The first error aborts what the others do, and is thrown when they have ended: nothing
 * goes on behind it, such as a board that is opened after the end of the run.
 */
export async function together<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal, index: number) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const errors: unknown[] = [];
  const results = await Promise.all(
    items.map(async (item, index) => {
      try {
        return [await work(item, either, index)];
      } catch (error) {
        errors.push(error);
        stop.abort(error);
        return [];
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
  return results.flat();
}
