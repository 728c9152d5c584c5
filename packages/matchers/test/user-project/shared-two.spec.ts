import { expect, test } from '@wirewrap/matchers';

test('counts on the board', async ({ board }) => {
  const count = await board.evaluate<number>("globals().get('visits', 0) + 1");
  await board.exec(`visits = ${count}`);
  expect({ visits: count }).toMatchObject({ visits: expect.any(Number) });
  // Read by the test that started this project.
  console.log(`visits=${count}`);
});
