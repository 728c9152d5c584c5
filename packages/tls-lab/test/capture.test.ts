import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
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
      const wrong = await execa('tshark', [
        '-r',
        file,
        '-o',
        'tcp.check_checksum:TRUE',
        '-o',
        'ip.check_checksum:TRUE',
        '-Y',
        'tcp.checksum.status == 0 || ip.checksum.status == 0 || tcp.analysis.flags',
      ]);
      expect(wrong.stdout, 'headers are correct').toBe('');
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

async function withCapture(transcripts: readonly Transcript[], use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-capture-'));
  try {
    const file = join(folder, 'wire.pcapng');
    await writeCapture(file, transcripts);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
