import { faultsOf } from '../cases/fault-row.ts';

function resetsOf(sender: 'server' | 'client'): string[] {
  const resets = faultsOf(sender, 'TLSv1.2').filter(({ act }) => act.act === 'rst');
  return resets.map(({ name }) => (sender === 'server' ? name : `server/${name}`));
}

/**
 * Rows of faults that end a connection by a TCP RST. Whether the board meets that or the end of the stream may be for the
 * network between to decide: an emulator's does so in one run and not in another.
 */
export const ENDED_BY_NETWORK: readonly string[] = [...resetsOf('server'), ...resetsOf('client')];

/** Of such a fault that ended in two ways: good or bad of the firmware it is not. */
export const EITHER_END = 'either end';
