import type { ConformanceCase } from './conformance-case.ts';
import { clientFaultRow, faultsOf, precedesVersion, serverFaultRow } from './fault-row.ts';
import { clientCase, serverCase } from './handshake-case.ts';

/** The numbered cases that a fault is. */
const NUMBERS: Readonly<Record<string, string>> = {
  'certificate-over-records': '29',
  'http-answer': '34',
  'fin-before-hello': '32',
  'rst-before-hello': '33',
  'fatal-alert-40-before-hello': '35',
  'no-close-notify': '41',
  'rst-in-data': '42',
  'bit-flip-in-data': '43',
  'hello-request': '49',
};

/** Every fault of the lab that a server can commit, in the version that all firmwares speak. */
const IN_TLS12 = faultsOf('server', 'TLSv1.2').map((fault) =>
  clientCase(clientFaultRow(fault, 'TLSv1.2', `fault/${fault.name}`, NUMBERS[fault.name])),
);

/** The same in TLS 1.3, where the firmware has it, as far as the version makes a difference. */
const IN_TLS13 = faultsOf('server', 'TLSv1.3')
  .filter((fault) => !precedesVersion(fault))
  .map((fault) => clientCase(clientFaultRow(fault, 'TLSv1.3', `fault/tls13/${fault.name}`)));

/** Every fault that a client can commit against the board as server. */
const AGAINST_SERVER = faultsOf('client', 'TLSv1.2').map((fault) =>
  serverCase(serverFaultRow(fault, 'TLSv1.2', `fault/server/${fault.name}`)),
);

/** The same in TLS 1.3, as far as the version makes a difference: a suite that runs where it is named. */
export const SERVER_FAULT_CASES: readonly ConformanceCase[] = faultsOf('client', 'TLSv1.3')
  .filter((fault) => !precedesVersion(fault))
  .map((fault) => serverCase(serverFaultRow(fault, 'TLSv1.3', `fault/server/tls13/${fault.name}`)));

export const FAULT_CASES: readonly ConformanceCase[] = [...IN_TLS12, ...IN_TLS13, ...AGAINST_SERVER];
