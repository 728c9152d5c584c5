import { expect, test } from 'vitest';
import { inBoardOrder } from './board-file-order.ts';

test('the contract suite opens the port before the session does; crashes come last', () => {
  const files = [
    '/w/packages/conformance/suites/zz-crash.test.ts',
    '/w/packages/conformance/suites/trust.test.ts',
    '/w/packages/repl-driver/contract/contract.test.ts',
    '/w/packages/conformance/suites/book.test.ts',
  ].map((moduleId) => ({ moduleId }));
  expect(inBoardOrder(files).map(({ moduleId }) => moduleId.split('/').at(-1))).toEqual([
    'contract.test.ts',
    'trust.test.ts',
    'book.test.ts',
    'zz-crash.test.ts',
  ]);
});
