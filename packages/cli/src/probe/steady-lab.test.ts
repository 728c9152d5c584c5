import type { BoardError, Handshake, TlsLab } from '@wirewrap/tls-lab';
import { describe, expect, test } from 'vitest';
import { formatProbe } from './format-probe.ts';
import type { ProbeReport } from './probe-report.ts';
import { steadyLab } from './steady-lab.ts';

function handshake(step: string, errno: number | null): Handshake {
  const args = errno === -9984 ? [errno, 'MBEDTLS_ERR_X509_CERT_VERIFY_FAILED'] : [errno];
  const error: BoardError | null =
    errno === null ? null : { type: 'OSError', args, errno, errnoName: errno === 118 ? 'EHOSTUNREACH' : null };
  const wrap = { step, value: null, error, ms: 1 };
  const more = { completed: error === null, steps: [], wrapMs: 1, heapBefore: null, heapAfter: null, crash: null };
  return {
    role: 'client',
    board: { role: 'client', wrap, error, ...more },
    wire: null,
    certificate: null,
  };
}

/** A lab that gives these handshakes, the last one for ever. */
function labOf(...given: Handshake[]) {
  let calls = 0;
  const next = async () => given[Math.min(calls++, given.length - 1)] as Handshake;
  return { lab: steadyLab({ connect: next, serve: next } as unknown as TlsLab), calls: () => calls };
}

describe('the lab of the probe', () => {
  const unreachable = handshake('connect', 118);
  const noMemory = handshake('wrap', 12);
  const good = handshake('wrap', null);
  const refused = handshake('wrap', -9984);

  test('what the board says of TLS is taken as it is', async () => {
    const { lab, calls } = labOf(refused);
    expect(await lab.connect({})).toBe(refused);
    expect(calls()).toBe(1);
  });

  test('a lost connection and a lack of memory are tried again', async () => {
    const { lab, calls } = labOf(unreachable, noMemory, good);
    expect(await lab.connect({})).toBe(good);
    expect(calls()).toBe(3);
  });

  test('no connection at all is no answer, but an error', async () => {
    await expect(labOf(unreachable).lab.serve()).rejects.toThrow(
      /no TCP connection \(OSError\(118\) EHOSTUNREACH in connect\); look at the network/,
    );
  });

  test('a board without the memory cannot do it', async () => {
    expect(await labOf(noMemory).lab.connect({})).toBe(noMemory);
  });
});

test('a role that could not be asked has no table', () => {
  const cost = { ms: 5, heapBytes: 4096, idfHeapBytes: 40_960 };
  const client = {
    versions: ['TLSv1.2'],
    cipherSuites: [],
    groups: [],
    signatureAlgorithms: [],
    serverNameIndication: true,
    alpn: null,
    sessionTickets: false,
    largestRecordRead: 16_384,
    costs: { rsa2048: cost, p256: cost },
    accepts: { byDefault: [], withCertRequired: [], certRequired: false },
  };
  const board = { url: 'tcp://h:1', machine: 'ESP32', version: '1.20.0', build: 'v1.20.0' };
  const report: ProbeReport = { schema: 'wirewrap.probe/1', board, client, server: null, judgements: [] };
  const text = formatProbe(report);
  expect(text).toContain("5 ms, 4.0 KB of Python's heap, 40.0 KB of ESP-IDF's");
  expect(text).not.toContain('AS SERVER');
});
