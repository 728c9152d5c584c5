import type { Handshake } from '../handshake.ts';
import { boardLines } from './board-story.ts';
import { wireLines } from './wire-story.ts';

/** Both ends of a handshake in a few lines: who did what, what Python saw, what crossed the wire, how it ended. */
export function storyOf(handshake: Handshake): string {
  const { certificate, role, hostError } = handshake;
  const lines: [string, string][] = [...boardLines(handshake)];
  if (certificate) {
    lines.push([role === 'client' ? 'peer' : 'board', `presents '${certificate.profile}' for ${certificate.host}`]);
  }
  if (hostError) lines.push(['peer', hostError]);
  lines.push(...wireLines(handshake));
  const width = Math.max(...lines.map(([who]) => who.length));
  return lines.map(([who, what]) => `${who.padEnd(width)}  ${what}`).join('\n');
}
