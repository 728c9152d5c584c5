import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { serveTime } from './network-time.ts';

test('a port that this process may not have is no server, and no error', async () => {
  const taken = createSocket('udp4').bind(0, '127.0.0.1');
  await once(taken, 'listening');
  try {
    expect(await serveTime('127.0.0.1', taken.address().port)).toBeNull();
  } finally {
    taken.close();
  }
});
