import { writeWhole } from '@wirewrap/repl-driver/basics';
import type { Transcript } from '../transcript/transcript.ts';
import { pcapng } from './pcapng.ts';
import { tcpPackets } from './tcp-packets.ts';
import { udpPackets } from './udp-packets.ts';

/**
 * The connections as one pcapng file with their key log inside: Wireshark and tshark show the plain text without any
 * setting. Each connection has a client port of its own, from 49152 on. The file holds secrets of these connections.
 *
 * @example await writeFile('capture.pcapng', captureOf([transcript]), { mode: 0o600 });
 */
export function captureOf(transcripts: readonly Transcript[]): Uint8Array {
  const keyLog = transcripts.map((transcript) => transcript.keyLog).join('');
  const packets = transcripts
    .flatMap((transcript, index) => {
      const packets = transcript.wire.transport === 'udp' ? udpPackets : tcpPackets;
      return packets(transcript, index, performance.timeOrigin);
    })
    .toSorted((a, b) => (a.atUs < b.atUs ? -1 : a.atUs > b.atUs ? 1 : 0));
  return pcapng(keyLog, packets);
}

/**
 * Writes the capture whole (beside the file, then renamed), readable for its owner only.
 *
 * @example await writeCapture('capture.pcapng', [transcript]);
 */
export async function writeCapture(path: string, transcripts: readonly Transcript[]): Promise<void> {
  await writeWhole(path, captureOf(transcripts), { mode: 0o600 });
}
