import { relative } from 'node:path';
import type { TestCase } from 'vitest/node';
import type { CaseDetail } from '../details/case-detail.ts';
import { failureClassOf } from '../details/failure-class.ts';
import type { CaseReport } from '../suite/case-report.ts';

/** What a person wants to know of a case's test, beyond its observation. */
export function detailOf(testCase: TestCase, report: CaseReport): CaseDetail {
  const result = testCase.result();
  const failed = result.state === 'failed';
  return {
    case: report.observations[0]?.case ?? testCase.name,
    test: testCase.fullName,
    file: relative(process.cwd(), testCase.module.moduleId),
    status: result.state === 'failed' ? 'failed' : result.state === 'skipped' ? 'skipped' : 'passed',
    durationMs: testCase.diagnostic()?.duration ?? 0,
    ...(failed ? { error: result.errors[0]?.message ?? '', failureClass: failureClassOf(result.errors[0]) } : {}),
    ...(result.state === 'skipped' ? { skipped: result.note ?? '' } : {}),
    handshakes: report.handshakes,
    ...(report.serialLog === '' ? {} : { serialLog: report.serialLog }),
  };
}
