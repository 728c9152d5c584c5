import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TlsVersion } from '../tls/protocol-version.ts';
import type { CorrectReaction, Fault, HostPart } from './fault.ts';
import { FAULTS } from './fault-table.ts';

const page = readFileSync(new URL('../../../../docs/faults.md', import.meta.url), 'utf8').split('\n');

/** Biome pads the columns of a table. */
const unpadded = (line: string): string => line.replace(/ +/g, ' ');

test('docs/faults.md lists exactly the faults of the table', () => {
  const rows = page.filter((line) => line.startsWith('| `')).map(unpadded);
  expect(rows).toEqual(FAULTS.map(faultRow).map(unpadded));
});

/** What of the outcome is the host's. */
const OURS: Readonly<Record<HostPart | 'nothing', string>> = {
  nothing: 'nothing',
  finished: 'how it fails at a signature, Finished or MAC, when the board passes over it',
  verification: "a failure that the host's end notices first",
  sequel: "what the host's end sends afterwards",
};

/** One row of the table in docs/faults.md. */
function faultRow(fault: Fault): string {
  const versions = fault.versions?.join(', ') ?? 'all';
  const ends = fault.sentBy ?? 'both';
  const others = Object.entries(fault.correctIn ?? {}) as [TlsVersion, CorrectReaction][];
  const correct = [
    reaction(fault.correct),
    ...others.map(([version, other]) => `${version}: ${reaction(other)}`),
    ...(fault.correctServer === undefined ? [] : [`A server: ${reaction(fault.correctServer)}`]),
  ];
  return `| \`${fault.name}\` | ${fault.level} | ${ends} | ${versions} | ${fault.does} | ${correct.join('. ')} | ${OURS[fault.ours ?? 'nothing']} |`;
}

function reaction({ results, alerts, silent, why }: CorrectReaction): string {
  const sent = alerts.length === 0 ? '' : ` (${alerts.join(' or ')}${silent ? ' or no alert' : ''})`;
  return `**${results.join('** or **')}**${sent}: ${why}`;
}
