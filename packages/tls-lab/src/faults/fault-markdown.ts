import type { TlsVersion } from '../tls/protocol-version.ts';
import type { Fault, HostPart, SoundReaction } from './fault.ts';

/** What of the outcome is the host's. */
const OURS: Readonly<Record<HostPart | 'nothing', string>> = {
  nothing: 'nothing',
  finished: 'how it fails at a signature, Finished or MAC, when the board passes over it',
  verification: "a failure that the host's end notices first",
  sequel: "what the host's end sends afterwards",
};

/** One row of the table in docs/faults.md; a test keeps the page and the code together. */
export function faultRow(fault: Fault): string {
  const versions = fault.versions?.join(', ') ?? 'all';
  const ends = fault.sentBy ?? 'both';
  const others = Object.entries(fault.soundIn ?? {}) as [TlsVersion, SoundReaction][];
  const sound = [
    reaction(fault.sound),
    ...others.map(([version, other]) => `${version}: ${reaction(other)}`),
    ...(fault.soundServer === undefined ? [] : [`A server: ${reaction(fault.soundServer)}`]),
  ];
  return `| \`${fault.name}\` | ${fault.level} | ${ends} | ${versions} | ${fault.does} | ${sound.join('. ')} | ${OURS[fault.ours ?? 'nothing']} |`;
}

function reaction({ results, alerts, silent, why }: SoundReaction): string {
  const sent = alerts.length === 0 ? '' : ` (${alerts.join(' or ')}${silent ? ' or no alert' : ''})`;
  return `**${results.join('** or **')}**${sent}: ${why}`;
}
