import type { Reporter, TestCase } from 'vitest/node';

/** Ends the output of a run whose board fell silent with the sentence that says so; the tests after it were skipped. */
export function givenUpReporter(write: (text: string) => void): Reporter {
  let reason: string | undefined;
  return {
    onTestCaseResult(test: TestCase) {
      reason ??= (test.meta() as { wirewrapGivenUp?: string }).wirewrapGivenUp;
    },
    onTestRunEnd() {
      if (reason !== undefined) write(`\n${reason}\n`);
    },
  };
}
