import { test as boardTest, type ScopedTest, type TestFixtures, type WorkerFixtures } from '@wirewrap/matchers';
import type { Observation } from '../claim/claim.ts';
import type { HandshakeDetail } from '../details/handshake-detail.ts';
import { toSerialLog } from '../details/secrets.ts';
import { toHandshakeDetail } from '../details/to-handshake-detail.ts';
import type { Measurement } from '../run-record.ts';
import { type BoardFacts, boardFacts } from './board-facts.ts';
import type { CaseReport } from './case-report.ts';
import { runState } from './run-state.ts';
import './test-times.ts';

/** Hands the canonical value of a case to the reporter that makes the RunRecord. */
export type Observe = (caseId: string, value: unknown) => void;

/** Records a number beside the behaviour. */
export type Measure = (caseId: string, name: string, unit: Measurement['unit'], value: number) => void;

interface OpenReport {
  readonly observations: Observation[];
  readonly measurements: Measurement[];
  readonly handshakes: HandshakeDetail[];
}

/** What a test of the suites has beside the fixtures of @wirewrap/matchers. */
interface SuiteFixtures {
  readonly report: { readonly open: OpenReport; readonly update: () => void };
  readonly observe: Observe;
  readonly measure: Measure;
}

/** The `test` of @wirewrap/matchers with what a conformance suite needs beside it. */
export const test: ScopedTest<WorkerFixtures & { readonly facts: BoardFacts }, TestFixtures & SuiteFixtures> = boardTest
  .extend('facts', { scope: 'worker' }, ({ session }) => boardFacts(session.board, session.url))
  .extend('report', async ({ task, board, tls, facts }, { onCleanup }) => {
    let serial = '';
    const open: OpenReport = { observations: [], measurements: [], handshakes: [] };
    onCleanup(
      board.onTraffic(({ direction, bytes }) => {
        if (direction === 'board') serial += Buffer.from(bytes).toString('latin1');
      }),
    );
    // The reporter gets what is here when the test ends; each observation brings it up to date.
    const update = (): void => {
      const handshakes = tls.handshakes.map(toHandshakeDetail);
      const { footprint } = runState();
      task.meta.wirewrap = {
        ...{ ...facts, ...open, handshakes, serialLog: toSerialLog(serial) },
        ...(footprint ? { footprint } : {}),
      } satisfies CaseReport;
    };
    return { open, update };
  })
  .extend(
    'observe',
    ({ report }): Observe =>
      (caseId, value) => {
        report.open.observations.push({ case: caseId, value });
        report.update();
      },
  )
  .extend(
    'measure',
    ({ report }): Measure =>
      (caseId, name, unit, value) => {
        report.open.measurements.push({ case: caseId, name, unit, value });
      },
  );
