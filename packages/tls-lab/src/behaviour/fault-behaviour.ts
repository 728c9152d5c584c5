import type { FaultsByDirection } from '../faults/fault-table.ts';
import type { PeerBehaviour } from './tls-peer.ts';

/** The behaviour of the host's own end under these faults: some are things that its application does. */
export function withFaultBehaviour<Options extends PeerBehaviour>(
  options: Options,
  faults: FaultsByDirection,
): Options {
  const acts = faults['to-board'].map((fault) => fault.act);
  const act = acts.findLast((each) => each.act === 'application');
  return act === undefined ? options : { ...options, application: act.application };
}
