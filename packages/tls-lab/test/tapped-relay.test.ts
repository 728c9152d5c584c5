import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createPki } from '@wirewrap/certgen';
import { expect, test } from 'vitest';
import { connectTlsClient, startTappedRelay, startTlsServer } from '../src/index.ts';

const pki = createPki();

test('a handshake between two others passes and is read', async () => {
  const certificate = await pki.certificate('good');
  await using server = await startTlsServer({ certificate });
  const target = { host: '127.0.0.1', port: server.port };
  await using relay = await startTappedRelay({ listen: '127.0.0.1', target, client: 'board' });
  await using client = await connectTlsClient('127.0.0.1', relay.port, { serverName: 'relay.example' });
  const { handshakeCompleted } = await client.transcript({ deadlineMs: 10_000 });
  const [wire, ...more] = relay.transcripts();
  expect(more).toEqual([]);
  expect(wire).toMatchObject({ serverName: 'relay.example', clientHello: { sender: 'board' }, keyLog: '' });
  expect(handshakeCompleted).toBe(true);
});

test('an end and a reset go on as they came', async () => {
  const ended = Promise.withResolvers<string>();
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    socket.once('data', (bytes) => {
      if (bytes.toString() === 'reset') socket.resetAndDestroy();
      else socket.end('answer');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => ended.resolve(error.code ?? ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  try {
    await using relay = await startTappedRelay({ listen: '127.0.0.1', target, client: 'peer' });
    const talk = async (text: string): Promise<string> => {
      const socket = connect({ host: '127.0.0.1', port: relay.port });
      const end = Promise.withResolvers<string>();
      let got = '';
      socket.on('data', (bytes) => {
        got += bytes.toString();
      });
      socket.on('end', () => end.resolve(`${got} end`));
      socket.on('error', (error: NodeJS.ErrnoException) => end.resolve(error.code ?? ''));
      socket.write(text);
      return await end.promise;
    };
    expect(await talk('hello')).toBe('answer end');
    expect(await talk('reset')).toBe('ECONNRESET');
    const [first, second] = relay.transcripts();
    expect(first?.close.tcp.board).toBe('fin');
    expect(second?.close.tcp.board).toBe('rst');
  } finally {
    server.close();
  }
});

test('a server that is not there refuses the client, too', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const target = { host: '127.0.0.1', port: (gone.address() as AddressInfo).port };
  gone.close();
  await once(gone, 'close');
  await using relay = await startTappedRelay({ listen: '127.0.0.1', target, client: 'peer' });
  const client = connect({ host: '127.0.0.1', port: relay.port });
  await expect(once(client, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(relay.transcripts()[0]?.wire.ends).toEqual([]);
});

test('a reset of which a write learns goes on, too', async () => {
  const served = Promise.withResolvers<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => served.resolve(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  await using relay = await startTappedRelay({ listen: '127.0.0.1', target, client: 'peer' });
  const client = connect({ host: '127.0.0.1', port: relay.port, allowHalfOpen: true });
  client.on('error', () => {});
  const far = await served.promise;
  // It has ended its part, so that nothing of it is read any more; what is sent to it then is answered by a reset.
  far.end();
  await once(client.resume(), 'end');
  far.destroy();
  const closed = new Promise((resolve) => client.once('close', resolve));
  const sending = setInterval(() => client.write('to nobody'), 5);
  await closed.finally(() => clearInterval(sending));
  server.close();
});

test('datagrams go both ways', async () => {
  const server = createSocket('udp4');
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  server.on('message', (datagram, { port, address }) => server.send(`${datagram}!`, port, address));
  const client = createSocket('udp4');
  try {
    const target = { host: '127.0.0.1', port: server.address().port };
    await using relay = await startTappedRelay({ listen: '127.0.0.1', target, client: 'peer', transport: 'udp' });
    client.send('one', relay.port, '127.0.0.1');
    const [answer] = await once(client, 'message');
    expect(String(answer)).toBe('one!');
    expect(relay.transcripts()[0]?.bytes).toEqual({ board: 4, peer: 3 });
  } finally {
    client.close();
    server.close();
  }
});
