import { expect, test } from 'vitest';
import { formatOrder } from './format-order.ts';
import type { RunOrder } from './ordered-case.ts';
import { searchOrder } from './search-order.ts';
import type { Shown } from './shown.ts';

const passes: Shown = { value: 'good', verdict: 'passes', text: 'good' };
const fails: Shown = { value: 'bad', verdict: 'fails', text: 'bad' };
const lost: Shown = { value: { lost: 'the board reset' }, verdict: null, text: 'lost: the board reset' };

/** An order in which these ran before, `far/…` in another suite. */
function orderOf(called: string, before: readonly string[], ask: (kept: readonly string[]) => Shown): RunOrder {
  const predecessors = before.map((name) => ({ name, near: !name.startsWith('far/') }));
  return { called, before: async () => predecessors, ask: async (kept) => ask(kept) };
}

async function search(orders: readonly RunOrder[], count = 2) {
  const lines: string[] = [];
  const result = await searchOrder({ name: 'x', group: 'suite', orders }, { count, write: (line) => lines.push(line) });
  expect(result.runs).toBe(lines.length);
  return { ...result, lines, said: formatOrder(result) };
}

const after = (kept: readonly string[], ...needed: readonly string[]): boolean =>
  needed.every((name) => kept.includes(name));

test('the own suite is tried before all others', async () => {
  const { said, lines } = await search([
    orderOf('the usual order', ['far/a', 'b', 'c'], (kept) => (after(kept, 'b') ? fails : passes)),
  ]);
  expect(said).toBe('x fails only after b, in the usual order.\n  alone: good\n  after it: bad\n');
  expect(lines.join('')).not.toContain('after all');
});

test('a case of another suite is found, too, and so are two that are needed together', async () => {
  const { said } = await search([
    orderOf('the usual order', ['far/a', 'far/b', 'c', 'd'], (kept) => (after(kept, 'far/b', 'd') ? passes : fails)),
  ]);
  expect(said).toBe(
    'x passes only after far/b and d (each of them is needed), in the usual order.\n  alone: bad\n  after them: good\n',
  );
});

test('what passes in the usual order alone is found there, although the seed gave the failure', async () => {
  const usual = orderOf('the usual order', ['a', 'b'], (kept) => (after(kept, 'a') ? passes : fails));
  const shuffled = orderOf('the order of --shuffle=7', ['b'], () => fails);
  expect(await search([shuffled, usual])).toMatchObject({
    verdict: 'found',
    after: ['a'],
    order: 'the usual order',
  });
});

test('nothing before it, or the same after all of it: no order changes it', async () => {
  expect(await search([orderOf('the usual order', [], () => fails)])).toMatchObject({
    verdict: 'independent',
    runs: 2,
  });
  const { said } = await search([orderOf('the usual order', ['far/a', 'b'], () => passes)]);
  expect(said).toBe('x shows the same alone and after what runs before it.\n');
});

test('two outcomes alone are no matter of the order', async () => {
  let run = 0;
  const { said, after: found } = await search([
    orderOf('the usual order', ['a'], () => {
      run += 1;
      return run === 2 ? fails : passes;
    }),
  ]);
  expect(found).toEqual([]);
  expect(said).toBe('x is intermittent, and no order makes it so: alone it shows good, then bad.\n');
});

test.for([
  ['after the same cases', 4, 'after the 4 before it in its suite, in the usual order it shows bad, then good'],
  ['after fewer of them', 5, 'after fewer cases x shows what it shows alone'],
] as const)('a difference that does not come again %s is told', async ([, from, why]) => {
  let run = 0;
  const { verdict, said } = await search([
    orderOf('the usual order', ['a', 'b', 'c', 'd'], (kept) => {
      run += 1;
      return kept.length > 0 && run < from ? fails : passes;
    }),
  ]);
  expect(verdict).toBe('not-repeated');
  expect(said).toBe(`Whether x depends on what ran before is not certain: ${why}.\n`);
});

test('what is left on the board after the search is told', async () => {
  let left = false;
  const { verdict, why } = await search([
    orderOf('the usual order', ['a'], (kept) => {
      left ||= kept.includes('a');
      return left ? fails : passes;
    }),
  ]);
  expect(verdict).toBe('not-repeated');
  expect(why).toBe(
    'after the search it shows bad alone: what a left is still on the board after a reset, or it is chance',
  );
});

test('a run that shows neither is named', async () => {
  const { said } = await search([
    orderOf('the usual order', ['a', 'b', 'c', 'd'], (kept) => {
      if (after(kept, 'a')) return fails;
      return kept.length > 0 ? lost : passes;
    }),
  ]);
  expect(said).toContain('x fails only after a, in the usual order.');
  expect(said).toContain('After some of them it shows neither: lost: the board reset.');
});
