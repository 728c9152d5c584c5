import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Capabilities, Claim } from '../claim/claim.ts';
import { CLAIMS } from '../claims/index.ts';
import { writeRunRecord } from '../record/record-file.ts';
import { RUN_RECORD_SCHEMA } from '../run-record.ts';
import { planRun } from '../selection/run-plan.ts';
import { newRunState, type RunState } from './run-state.ts';
import { runBaselineTest, runClaimTest } from './verdict-test.ts';

const claim = CLAIMS.find(({ id }) => id === 'book/one-function') as Claim;
const can = { version: '1.26.1', platform: 'esp32', shape: null, contextMethods: [] } as unknown as Capabilities;
const plan = { ...planRun({ selection: { claims: [claim.id] } }), baseline: null, repeat: null, shared: null };

const stateOf = (values: Record<string, unknown>): RunState => ({
  ...newRunState(),
  observations: new Map(Object.entries(values)),
});

/** What the test of the claim does: passes (null), fails or is skipped with this text. */
function outcome(values: Record<string, unknown>): string | null {
  try {
    runClaimTest(claim, can, plan, {
      state: stateOf(values),
      skip: (note) => {
        throw new Error(`skipped: ${note}`);
      },
    });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

test('the test of a claim fails with its text, and passes when its cases show it', () => {
  expect(outcome({ 'module/functions': ['wrap_socket'] })).toBeNull();
  expect(outcome({ 'module/functions': ['wrap_socket', 'get_server_certificate'] })).toMatch(
    /^The ssl module has one function, wrap_socket: book\/one-function deviates and no known deviation/,
  );
});

test.for([
  [{}, 'skipped: asked and not observed: module/functions'],
  [{ 'module/functions': { lost: 'the board reset' } }, 'skipped: lost: the board reset (module/functions)'],
] as const)('a claim without a verdict is skipped with the reason: %j', ([values, text]) => {
  expect(outcome(values)).toBe(text);
});

test('the test of a baseline fails with every case of the suite that differs, and looks at no other', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'wirewrap-')), 'baseline.json');
  const observations = ['a', 'b', 'c'].map((name) => ({ case: name, value: 1 }));
  await writeRunRecord(path, { schema: RUN_RECORD_SCHEMA, board: {}, claims: [], observations, measurements: [] });
  const cases = new Set(['a', 'b']);
  await runBaselineTest(path, cases, stateOf({ a: 1, b: 1, c: 2 }));
  const differing = runBaselineTest(path, cases, stateOf({ a: 1, b: 2 }));
  await expect(differing).rejects.toThrow(`1 observations differ from ${path}:\nchanged  b\n  - 1\n  + 2`);
  // A case that was lost, or has no observation, is shown by its own test.
  await runBaselineTest(path, cases, stateOf({ a: { lost: 'out of memory' } }));
});
