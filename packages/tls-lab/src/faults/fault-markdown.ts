import type { TlsVersion } from '../tls/protocol-version.ts';
import type { Fault, SoundReaction } from './fault.ts';

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
  return `| \`${fault.name}\` | ${fault.level} | ${ends} | ${versions} | ${fault.does} | ${sound.join('. ')} |`;
}

function reaction({ results, alerts, silent, why }: SoundReaction): string {
  const sent = alerts.length === 0 ? '' : ` (${alerts.join(' or ')}${silent ? ' or no alert' : ''})`;
  return `**${results.join('** or **')}**${sent}: ${why}`;
}
