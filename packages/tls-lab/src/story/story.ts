import type { Handshake } from '../handshake.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { boardLines } from './board-story.ts';
import { transcriptLines, wireLines } from './wire-story.ts';

/**
 * Both ends of a handshake in a few lines: who did what, what Python saw, what crossed the wire, how it ended.
 *
 * @example console.log(storyOf(await tls.connect({})));
 */
export function storyOf(handshake: Handshake): string {
  const { certificate, role, hostError } = handshake;
  const lines: [string, string][] = [...boardLines(handshake)];
  if (certificate) {
    lines.push([role === 'client' ? 'peer' : 'board', `presents '${certificate.profile}' for ${certificate.host}`]);
  }
  if (hostError) lines.push(['peer', hostError]);
  lines.push(...wireLines(handshake));
  return aligned(lines);
}

/**
 * The host's end alone, for a connection whose other end ran a program of its own.
 *
 * @example console.log(wireStoryOf(await server.nextTranscript()));
 */
export function wireStoryOf(transcript: Transcript): string {
  return aligned(transcriptLines(transcript));
}

function aligned(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([who]) => who.length));
  return lines.map(([who, what]) => `${who.padEnd(width)}  ${what}`).join('\n');
}
