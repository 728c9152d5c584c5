import { test as boardTest, expect } from '@wirewrap/matchers';
import type { ConformanceCase } from '../cases/conformance-case.ts';
import type { Observation } from '../claim.ts';
import { toSerialLog } from '../details/secrets.ts';
import { toHandshakeDetail } from '../details/to-handshake-detail.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import { isLost } from '../observation/describe-value.ts';
import type { Measurement } from '../run-record.ts';
import { boardFacts } from './board-facts.ts';
import type {} from './case-report.ts';
import { runCase } from './run-case.ts';

/** Hands the canonical value of a case to the reporter that makes the RunRecord. */
export type Observe = (caseId: string, value: unknown) => void;

/** Every row as one test: it runs the case, records what it showed, and asserts only that there is something to record. */
export function conformanceSuite(cases: readonly ConformanceCase[]): void {
  for (const item of cases) {
    boardTest(item.id, async ({ board, tls, network, pki, task, skip }) => {
      const observations: Observation[] = [];
      const measurements: Measurement[] = [];
      const before = tls.handshakes.length;
      let serial = '';
      const stop = board.onTraffic(({ direction, bytes }) => {
        if (direction === 'board') serial += Buffer.from(bytes).toString('latin1');
      });
      const observe: Observe = (name, value) => observations.push({ case: name, value: canonicalValue(value) });
      try {
        const facts = await boardFacts(board);
        const measure = (name: string, unit: Measurement['unit'], value: number): void => {
          measurements.push({ case: item.id, name, unit, value });
        };
        const value = await runCase(item, { board, tls, network, pki, can: facts.capabilities, measure });
        observe(item.id, value);
        task.meta.wirewrap = {
          ...facts,
          observations,
          measurements,
          handshakes: tls.handshakes.slice(before).map(toHandshakeDetail),
          serialLog: toSerialLog(serial),
        };
        if (isLost(value)) skip(`lost: ${value.lost}`);
        expect(value, 'the case observed nothing').toBeDefined();
      } finally {
        stop();
      }
    });
  }
}
