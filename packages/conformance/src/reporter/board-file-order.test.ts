import { expect, test } from 'vitest';
import { inBoardOrder } from './board-file-order.ts';

test('contract first, the suites in their order whatever the order before, crashes last of them', () => {
  const names = [
    'packages/own/src/own.test.ts',
    'packages/conformance/suites/crash.test.ts',
    'packages/conformance/suites/trust.test.ts',
    'packages/repl-driver/contract/contract.test.ts',
    'packages/conformance/suites/book.test.ts',
  ];
  const expected = ['contract.test.ts', 'book.test.ts', 'trust.test.ts', 'crash.test.ts', 'own.test.ts'];
  for (const order of [names, names.toReversed()]) {
    const files = order.map((name) => ({ moduleId: `/w/${name}` }));
    expect(inBoardOrder(files).map(({ moduleId }) => moduleId.split('/').at(-1))).toEqual(expected);
  }
});

test('another order of the suites leaves the contract first and what is no suite last', () => {
  const files = ['own/own', 'suites/book', 'suites/trust', 'repl-driver/contract/contract'].map((name) => ({
    moduleId: `/w/${name}.test.ts`,
  }));
  expect(inBoardOrder(files, ['trust', 'book']).map(({ moduleId }) => moduleId)).toEqual(
    ['repl-driver/contract/contract', 'suites/trust', 'suites/book', 'own/own'].map((name) => `/w/${name}.test.ts`),
  );
});
