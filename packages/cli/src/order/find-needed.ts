/** Whether what is looked for shows itself when these run before, in this order. */
export type Shows = (kept: readonly string[]) => Promise<boolean>;

/**
 * Of what ran before, the fewest that must run for it to show itself, in their order: without any one of them it does not.
 * It shows itself with all of `before` and not with none, as the caller has seen. Null when that does not repeat.
 *
 * The first of them is found by halving: the last place from which on all have to run. With it kept, the next one is looked
 * for among those behind it. Of several that are enough by themselves it is the one that runs last.
 */
export async function findNeeded(before: readonly string[], shows: Shows): Promise<readonly string[] | null> {
  let needed: readonly string[] = [];
  let pool = before;
  do {
    const last = await lastStart(pool, needed, shows);
    const found = pool[last];
    if (found === undefined) return null;
    needed = [...needed, found];
    pool = pool.slice(last + 1);
  } while (!(await shows(needed)));
  return needed.length === 1 ? needed : await withoutIdle(needed, shows);
}

/** The last place in the pool from which on all have to run: what begins behind it does not show it. */
async function lastStart(pool: readonly string[], needed: readonly string[], shows: Shows): Promise<number> {
  let [shown, not] = [0, pool.length];
  while (not - shown > 1) {
    const middle = Math.floor((shown + not) / 2);
    if (await shows([...needed, ...pool.slice(middle)])) shown = middle;
    else not = middle;
  }
  return shown;
}

/** What was needed beside others may be idle without them. */
async function withoutIdle(needed: readonly string[], shows: Shows): Promise<readonly string[]> {
  for (const each of needed) {
    const others = needed.filter((name) => name !== each);
    if (others.length > 0 && (await shows(others))) return await withoutIdle(others, shows);
  }
  return needed;
}
