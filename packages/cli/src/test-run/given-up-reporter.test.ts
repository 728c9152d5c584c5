import { expect, test } from 'vitest';
import type { TestCase } from 'vitest/node';
import { givenUpReporter } from './given-up-reporter.ts';

const caseWith = (meta: object) => ({ meta: () => meta }) as unknown as TestCase;

test.for([
  ['a run whose board answered', [{}, {}], ''],
  [
    'a board that was given up',
    [{}, { wirewrapGivenUp: 'It is silent.' }, { wirewrapGivenUp: 'x' }],
    '\nIt is silent.\n',
  ],
] as const)('%s', ([, metas, expected]) => {
  let written = '';
  const reporter = givenUpReporter((text) => {
    written += text;
  });
  for (const meta of metas) reporter.onTestCaseResult?.(caseWith(meta));
  reporter.onTestRunEnd?.([], [], 'failed');
  expect(written).toBe(expected);
});
