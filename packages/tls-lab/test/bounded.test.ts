import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { connectTlsClient, type FaultReference, startTlsServer, type TlsServerPeer } from '../src/index.ts';
import { testCertificate } from './test-certificate.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const descriptors = (): number => readdirSync('/proc/self/fd').length;
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
const isLinux = process.platform === 'linux';

async function exchange(server: TlsServerPeer, faults: readonly FaultReference[]): Promise<void> {
  const next = server.nextTranscript();
  await using client = await connectTlsClient('127.0.0.1', server.port, {
    application: { send: 'ping\n', afterwards: 'close-after-answer' },
    faults,
  });
  await Promise.all([client.transcript(), next]);
}

async function many(server: TlsServerPeer, count: number): Promise<void> {
  // Every tenth connection ends badly.
  for (let at = 0; at < count; at += 1) await exchange(server, at % 10 === 0 ? ['rst-in-data'] : []);
}

interface Held {
  readonly descriptors: number;
  readonly heap: number;
  readonly timers: number;
}

/** What the process holds once it has come down to what it held before, or will not within ten seconds. */
async function settled(before?: Held): Promise<Held> {
  for (const startedMs = performance.now(); ; ) {
    await sleep(300);
    collect();
    collect();
    const held = { descriptors: descriptors(), heap: process.memoryUsage().heapUsed, timers: timers() };
    const isDown = before === undefined || (held.descriptors <= before.descriptors && held.timers <= before.timers);
    if (isDown || performance.now() - startedMs > 10_000) return held;
  }
}

describe.skipIf(!isLinux)(`nothing is left behind${isLinux ? '' : ' (skipped: needs /proc of Linux)'}`, () => {
  test('1,000 connections leave no descriptor, no timer and no memory', { timeout: 180_000 }, async () => {
    await using server = await startTlsServer({ certificate: await testCertificate() });
    await many(server, 100);
    const before = await settled();
    await many(server, 1000);
    const after = await settled(before);
    expect(after.descriptors - before.descriptors).toBeLessThanOrEqual(0);
    expect(after.timers - before.timers).toBeLessThanOrEqual(0);
    // 2 KB for each connection would already be seen; the collector's own noise is below half of that.
    expect((after.heap - before.heap) / 1000, 'bytes kept for each connection').toBeLessThan(2000);
  });

  test.for([
    { name: 'a client that only connects', faults: ['never-answers'], engine: 'node' },
    { name: 'a drip', faults: ['slow-drip'], engine: 'node' },
    { name: 'a pause', faults: ['pause-before-hello'], engine: 'node' },
    { name: 'openssl', faults: ['never-answers'], engine: 'openssl' },
  ] as const)('closing the server ends everything at once: $name', async ({ faults, engine }) => {
    const before = await settled();
    {
      await using server = await startTlsServer({ certificate: await testCertificate(), faults, engine });
      await using _client = await connectTlsClient('127.0.0.1', server.port, { engine });
      await sleep(200);
    }
    const after = await settled(before);
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors);
    expect(after.timers).toBeLessThanOrEqual(before.timers);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap')).toEqual([]);
  });
});
