import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTransport } from '../src/index.ts';

/** Telnet's DO COM-PORT: the port server takes the offer of RFC 2217. */
const ACCEPTS = [255, 253, 44];

/**
 * A port server that is being killed: its kernel still takes connections, which it resets. In a thread of its own, so
 * that it does so while this one is busy.
 */
const SERVER = `
const { createServer } = require('node:net');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer((socket) => {
  socket.on('error', () => {});
  if (workerData.says) socket.write(Buffer.from(workerData.says), () => socket.once('data', () => setTimeout(() => socket.resetAndDestroy(), 10)));
  else socket.resetAndDestroy();
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Long enough for the other thread's reset to arrive, on a busy machine too. */
const BUSY_MS = 150;

function stayBusy(): void {
  const untilMs = performance.now() + BUSY_MS;
  while (performance.now() < untilMs);
}

/** When the client is busy, so that it finds the reset only afterwards. */
const moments = [
  ['before it is open here', { says: null, isBusy: onceConnecting }],
  ['before the first byte', { says: null, isBusy: (socket: Socket) => socket.once('connect', stayBusy) }],
  [
    'between its answer and the next command',
    { says: ACCEPTS, isBusy: (socket: Socket) => socket.once('data', stayBusy) },
  ],
] as const;

/** Node connects in the next tick to the one that makes the socket. */
function onceConnecting(): void {
  process.nextTick(() => process.nextTick(stayBusy));
}

describe.for(moments)('a port server that resets the connection %s', ([, { says, isBusy }]) => {
  let server: Worker;
  let port: number;
  beforeAll(async () => {
    server = new Worker(SERVER, { eval: true, workerData: { says } });
    port = await new Promise<number>((resolve) => server.once('message', resolve));
  });
  afterAll(() => server.terminate());

  test('counts as busy, so that a reopening goes on until it is back', async () => {
    const watch = (message: unknown) => isBusy((message as { socket: Socket }).socket);
    diagnostics.subscribe('net.client.socket', watch);
    try {
      await expect(openTransport(`rfc2217://127.0.0.1:${port}`, { deadlineMs: 30_000 })).rejects.toMatchObject({
        code: 'PORT_BUSY',
        message: expect.stringMatching(/closed the connection \(.*\); its port may be in use, or missing\.$/),
      });
    } finally {
      diagnostics.unsubscribe('net.client.socket', watch);
    }
  });
});
