import { expect, test } from 'vitest';
import { openBench } from './helpers.ts';

/** How many strings the interpreter has interned: it frees none of them. */
const COUNT = 'import micropython\nmicropython.qstr_info()\n';

test.for([
  { name: 'long source', source: `x = 0\n${'x += 1\n'.repeat(60)}` },
  { name: 'short source', source: 'x = 1' },
  { name: 'an expression in a file of its own', source: '12345678901234567890 + 1' },
])('$name leaves no string of ours in the interpreter', async ({ source }) => {
  await using bench = await openBench();
  const strings = async () => Number(/n_qstr=(\d+)/.exec(await bench.board.exec(COUNT))?.[1]);
  const run = async (times: number) => {
    for (let done = 0; done < times; done += 1) await bench.board.exec(source);
  };
  await run(3);
  await strings();
  const before = await strings();
  await run(20);
  // One was once seen on a machine that stalled; a string a call would be 20.
  expect((await strings()) - before).toBeLessThan(3);
});
