import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { type IpProtocol, ipPacket } from '../src/capture/ip-packet.ts';
import { pcapng } from '../src/capture/pcapng.ts';
import { TCP } from '../src/capture/tcp-packets.ts';
import { UDP } from '../src/capture/udp-packets.ts';
import { startTlsServer, writeCapture } from '../src/index.ts';
import type { Transcript } from '../src/transcript/transcript.ts';
import { opensslClient } from './openssl-ends.ts';
import { testCertificate } from './test-certificate.ts';

const tshark = spawnSync('tshark', ['--version']).status === 0;
const needs = tshark ? '' : ' (skipped: tshark is missing, install the Debian package tshark)';

const CASES = [
  { version: 'TLSv1.2', faults: [] },
  { version: 'TLSv1.3', faults: [] },
  { version: 'TLSv1.2', faults: ['fragments-of-7-bytes', 'certificate-over-records'] },
  { version: 'TLSv1.3', faults: ['fragments-of-1-byte', 'finished-over-records'] },
] as const;

describe.skipIf(!tshark)(`tshark reads the plain text of a capture${needs}`, () => {
  test.for(CASES)('$version with $faults', async ({ version, faults }) => {
    await using server = await startTlsServer({
      certificate: await testCertificate(),
      maxVersion: version,
      faults,
      application: { respond: 'the answer in plain text\n', when: 'ping' },
    });
    const transcript = server.nextTranscript();
    await opensslClient(server.port, [], 60_000);
    await withCapture([await transcript], async (file) => {
      const { stdout } = await execa('tshark', ['-r', file, '-q', '-z', 'follow,tls,ascii,0']);
      expect(stdout).toContain('ping');
      expect(stdout).toContain('the answer in plain text');
      const version13 = await execa('tshark', ['-r', file, '-Y', 'tls.handshake.type == 20']);
      expect(version13.stdout, 'Finished messages are decrypted').toContain('Finished');
      const wrong = await packetsWith(
        file,
        'tcp.checksum.status != 1 || ip.checksum.status != 1 || tcp.analysis.flags',
      );
      expect(wrong, 'headers are correct').toBe('');
    });
  });

  const HEADERS: readonly { name: string; protocol: IpProtocol; header: readonly number[] }[] = [
    { name: 'tcp', protocol: TCP, header: [1, 187, 192, 0, 0, 0, 0, 1, 0, 0, 0, 1, 5 << 4, 16, 255, 255, 0, 0, 0, 0] },
    { name: 'udp', protocol: UDP, header: [17, 81, 192, 0, 0, 10, 0, 0] },
  ];

  // One of them is 0: TCP writes it as it is (RFC 793), UDP as 0xffff, where 0 says that there is none (RFC 768).
  test.each(HEADERS)('every checksum there is, in $name', async ({ name, protocol, header }) => {
    const packets = Array.from({ length: 0x1_0000 }, (_, word) => {
      const bytes = ipPacket(protocol, 'board', 'peer', Buffer.from([...header, word >> 8, word & 255]));
      return { atUs: BigInt(word), bytes };
    });
    await withFolder(async (folder) => {
      const file = join(folder, 'wire.pcapng');
      await writeFile(file, pcapng('', packets));
      expect(await packetsWith(file, `${name}.checksum.status != 1 || ip.checksum.status != 1`)).toBe('');
      expect(new Set(packets.map(({ bytes }) => bytes.readUInt16BE(20 + protocol.checksumAt))).size).toBe(0xffff);
    });
  });

  test('several connections, RST and FIN in one file', async () => {
    await using server = await startTlsServer({
      certificate: await testCertificate(),
      faults: ['rst-in-data'],
      application: { send: 'cut', afterwards: 'close' },
    });
    const transcripts: Transcript[] = [];
    for (let count = 0; count < 3; count += 1) {
      const next = server.nextTranscript();
      await opensslClient(server.port, [], 60_000);
      transcripts.push(await next);
    }
    await withCapture(transcripts, async (file) => {
      const resets = await execa('tshark', ['-r', file, '-Y', 'tcp.flags.reset == 1']);
      expect(resets.stdout.trim().split('\n')).toHaveLength(3);
    });
  });
});

/** What tshark prints for the packets that fit the filter, with every checksum checked. */
async function packetsWith(file: string, filter: string): Promise<string> {
  const checked = ['tcp', 'udp', 'ip'].flatMap((layer) => ['-o', `${layer}.check_checksum:TRUE`]);
  const { stdout } = await execa('tshark', ['-r', file, ...checked, '-Y', filter]);
  return stdout;
}

async function withCapture(transcripts: readonly Transcript[], use: (file: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const file = join(folder, 'wire.pcapng');
    await writeCapture(file, transcripts);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await use(file);
  });
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-capture-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
