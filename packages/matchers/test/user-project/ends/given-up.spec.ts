import { expect, test } from '@wirewrap/matchers';

test('makes the board deaf', async ({ board }) => {
  const deaf = "import micropython\nmicropython.kbd_intr(-1)\nprint('deaf')\nwhile True: pass";
  const isDeaf = new AbortController();
  const onOutput = () => isDeaf.abort();
  await expect(board.exec(deaf, { onOutput, signal: isDeaf.signal })).rejects.toMatchObject({ code: 'ABORTED' });
});

for (const number of [1, 2, 3, 4, 5, 6]) {
  test(`asks the board ${number}`, async ({ board }) => {
    expect(await board.evaluate('6 * 7')).toBe(42);
  });
}
