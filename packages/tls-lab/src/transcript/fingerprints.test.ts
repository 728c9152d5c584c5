import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { connect } from 'node:tls';
import { getTlsFingerprintAsJa3, getTlsFingerprintAsJa4 } from 'read-tls-client-hello';
import { describe, expect, test } from 'vitest';
import { fingerprintsOf } from './fingerprints.ts';

/** The first record that node's TLS sends: a real ClientHello. */
async function recordOf(options: object): Promise<Buffer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ...options });
  client.on('error', () => {});
  const [socket] = await once(server, 'connection');
  const [record] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  client.destroy();
  server.close();
  return record;
}

/** The library reads a stream that goes on: one that ended is an error to it. */
function goingOn(record: Buffer): PassThrough {
  const stream = new PassThrough();
  stream.write(record);
  return stream;
}

describe('JA3 and JA4', () => {
  test.for([
    ['TLS 1.3 with a server name', { servername: 'board.test' }, /^t13d\d{4}00_[0-9a-f]{12}_[0-9a-f]{12}$/],
    ['TLS 1.2 alone', { maxVersion: 'TLSv1.2', servername: 'board.test' }, /^t12d/],
    ['without a server name', {}, /^t13i/],
    ['with ALPN', { ALPNProtocols: ['h2'] }, /^t13i\d{4}h2_/],
    ['one suite', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }, /^t12i0[12]/],
  ] as const)('of a message are those of the record: %s', async ([, options, shape]) => {
    const record = await recordOf(options);
    const { ja3, ja4 } = fingerprintsOf({ raw: record.subarray(5) });
    expect(ja4).toMatch(shape);
    expect(ja3).toBe(await getTlsFingerprintAsJa3(goingOn(record)));
    expect(ja4).toBe(await getTlsFingerprintAsJa4(goingOn(record)));
  });
});

test('more than 99 suites are 99 in JA4, as its specification has it', () => {
  const suites = Buffer.alloc(2 * 109);
  for (let index = 0; index < 109; index += 1) suites.writeUInt16BE(0xc000 + index, index * 2);
  const body = Buffer.concat([
    Buffer.from([0x03, 0x03]),
    Buffer.alloc(32),
    Buffer.from([0, 0, suites.length]),
    suites,
    Buffer.from([1, 0]),
  ]);
  expect(fingerprintsOf({ raw: Buffer.concat([Buffer.from([1, 0, 0, body.length]), body]) }).ja4).toMatch(
    /^t12i990000_/,
  );
});
