import type { ConformanceCase } from '../conformance-case.ts';
import { clientFaultRow, serverFaultRow } from '../fault-row.ts';
import { clientCase, serverCase } from '../handshake-case.ts';
import { MESSAGE_FAULTS, type MessageFault } from './message-faults.ts';

function idOf({ sender, version, fault }: MessageFault): string {
  return `fields/${sender === 'server' ? 'client' : 'server'}/${version === 'TLSv1.3' ? 'tls13/' : ''}${fault.name}`;
}

/** Each of them by the id of its case. */
export const MESSAGE_FAULTS_BY_CASE: ReadonlyMap<string, MessageFault> = new Map(
  MESSAGE_FAULTS.map((each) => [idOf(each), each]),
);

/** A peer on the host that breaks one message of its handshake. */
export const MESSAGE_CASES: readonly ConformanceCase[] = [...MESSAGE_FAULTS_BY_CASE].map(
  ([id, { sender, version, fault }]) =>
    sender === 'server'
      ? clientCase(clientFaultRow(fault, version, id))
      : serverCase(serverFaultRow(fault, version, id)),
);
