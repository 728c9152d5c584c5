import { expect, test } from '@wirewrap/matchers';

const answers = { deadlineMs: 30_000 };

test('opens the board', async ({ board }) => {
  expect(await board.evaluate('6 * 7')).toBe(42);
});

test('runs out of time while a stream runs', { timeout: 2_000 }, async ({ board }) => {
  const stream = await board.stream('while True: pass', { deadlineMs: 600_000 });
  await stream.finished;
});

test('finds a free board after the time-out', async ({ board }) => {
  expect(await board.evaluate('6 * 7', answers)).toBe(42);
});

test('leaves a stream behind', async ({ board }) => {
  const stream = await board.stream('while True: pass', { deadlineMs: 600_000 });
  stream.finished.catch(() => {});
});

test('finds a free board after the stream', async ({ board }) => {
  expect(await board.evaluate('6 * 7', answers)).toBe(42);
});

test('waits for the board, the test, and no signal', { timeout: 2_000 }, async ({ tls }) => {
  await tls.connect({}, { steps: [{ do: 'python', name: 'hang', source: 'while True: pass' }], deadlineMs: 300_000 });
});

test('finds a free board after the endpoint', async ({ board }) => {
  expect(await board.evaluate('6 * 7', answers)).toBe(42);
});

test('fills the heap and leaves it full', async ({ board }) => {
  const leak = 'class Node:\n def __init__(self, n): self.n = n\nroot = None\nwhile True: root = Node(root)';
  await board.exec(leak, answers).catch(() => {});
});

test('gets a verdict from a whole board', async ({ tls }) => {
  expect(await tls.connect({})).toComplete();
});

test('breaks a built-in', async ({ board }) => {
  await board.exec('import builtins\nbuiltins.repr = None', answers);
});

test('gets a board whose built-ins work', async ({ board }) => {
  expect(await board.evaluate("repr('x')", answers)).toBe("'x'");
});
