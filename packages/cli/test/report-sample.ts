import { createPki } from '@wirewrap/certgen';
import {
  ALL_CASES,
  boardFacts,
  buildRunRecord,
  type CaseDetail,
  CLAIMS,
  type Measurement,
  type Observation,
  RUN_DETAILS_SCHEMA,
  runCase,
  toHandshakeDetail,
  toSerialLog,
} from '@wirewrap/conformance';
import { openBoard } from '@wirewrap/repl-driver';
import { hostClock } from '@wirewrap/repl-driver/basics';
import { BoardNetwork, createBoardEndpoint, createTlsLab, networkSettings } from '@wirewrap/tls-lab';
import { provisionMicroPython, startVirtualBoard, type VirtualBoardOptions } from '@wirewrap/virtual-board';
import type { ReportRun } from 'wirewrap/report';

/** Why there is no MicroPython on this machine; null when there is one. */
export const noMicroPython = await provisionMicroPython().then(
  () => null,
  (error: Error) => error.message,
);

/** A little of everything: both roles, refusals with and without an alert, faults, values. */
export const SAMPLE_CASES = [
  'module/constants',
  'signature/keyword/keyfile',
  'client/default/good',
  'client/default/expired',
  'client/optional/expired',
  'client/required/good',
  'client/required/expired',
  'client/required/wrong-host',
  'client/required/untrusted-ca',
  'client/required/with-intermediate',
  'fault/fatal-alert-40-before-hello',
  'server/identity/der',
  'server/identity/empty',
];

/** A string that must never become markup, put where a board could put it. */
export const HOSTILE = '</script><script>document.title="owned"</script><img src=x onerror=alert(1)>';

/** Real handshakes of a real MicroPython, as the suites record them, and one failed case that says something hostile. */
export async function sampleRun(options: VirtualBoardOptions = {}): Promise<ReportRun> {
  await using device = await startVirtualBoard(options);
  await using board = await openBoard(device.path);
  const network = new BoardNetwork(networkSettings({}));
  const pki = createPki();
  const endpoint = createBoardEndpoint(board, network);
  const facts = await boardFacts(board, 'virtual');
  const observations: Observation[] = [];
  const measurements: Measurement[] = [];
  const cases: CaseDetail[] = [];
  let serial = '';
  board.onTraffic(({ direction, bytes }) => {
    if (direction === 'board') serial += Buffer.from(bytes).toString('latin1');
  });
  for (const item of ALL_CASES.filter(({ id }) => SAMPLE_CASES.includes(id))) {
    await using tls = createTlsLab({ board, network, pki, endpoint });
    serial = '';
    const startedAt = performance.now();
    const measure = (name: string, unit: Measurement['unit'], value: number) =>
      measurements.push({ case: item.id, name, unit, value });
    const value = await runCase(item, { board, tls, network, pki, can: facts.capabilities, clock: hostClock, measure });
    observations.push({ case: item.id, value });
    cases.push({
      case: item.id,
      test: item.id,
      file: 'packages/conformance/suites/sample.test.ts',
      line: 7,
      status: 'passed',
      durationMs: performance.now() - startedAt,
      handshakes: tls.handshakes.map(toHandshakeDetail),
      serialLog: toSerialLog(serial),
    });
  }
  cases.push({
    case: 'link/lost',
    test: HOSTILE,
    file: 'packages/conformance/suites/sample.test.ts',
    line: 12,
    status: 'failed',
    failureClass: 'link',
    durationMs: 15_000,
    error: `waited 15,000 ms for the prompt, got ${HOSTILE}\u0000\nsecond line: 100%`,
    handshakes: [],
    serialLog: HOSTILE,
  });
  const claims = CLAIMS.filter((claim) => claim.cases.every((id) => SAMPLE_CASES.includes(id)));
  const record = buildRunRecord({ ...facts, claims, observations, measurements });
  return {
    record,
    details: { schema: RUN_DETAILS_SCHEMA, board: record.board, startedAt: '2026-11-23T21:40:00.000Z', cases },
  };
}
