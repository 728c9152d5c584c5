import { createServer } from 'node:net';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { openBoard, openTransport } from '../src/index.ts';
import { startPlainServer } from './plain-rfc2217-server.ts';
import { serverMissing, startSer2net } from './port-server.ts';
import { startDevice } from './rfc2217-device.ts';

const FLOW_CONTROL_SUSPEND = 108;
const FLOW_CONTROL_RESUME = 109;

const title = serverMissing
  ? 'rfc2217 (skipped: ser2net is not installed; apt-get install ser2net)'
  : 'rfc2217 through a real ser2net';

describe.skipIf(serverMissing)(title, () => {
  test('a session, with every byte value both ways', async () => {
    await using virtual = await startVirtualBoard({});
    await using server = await startSer2net(`serialdev,${virtual.path},115200n81,local`);
    await using board = await openBoard(server.url);
    await expect(board.evaluate('6 * 7')).resolves.toBe(42);
    const bytes = Uint8Array.from({ length: 2_560 }, (_, index) => index % 256);
    await board.files.write('/all.bin', bytes);
    await expect(board.files.read('/all.bin')).resolves.toEqual(bytes);
  });

  test('speed and purge are answered, and a device without modem lines is found out', async () => {
    await using virtual = await startVirtualBoard({});
    await using server = await startSer2net(`serialdev,${virtual.path},115200n81,local`);
    await using transport = await openTransport(`${server.url}?baud=460800`);
    await transport.setBaudRate?.(115_200);
    await transport.purge?.();
    await transport.setSignals?.({ dtr: false, rts: true });
    expect(transport.hasSignals).toBe(false);
  });

  test('a run reset goes through to a device with modem lines', async () => {
    await using virtual = await startVirtualBoard({});
    await using line = await openTransport(virtual.path);
    await using device = await startDevice(line, () => virtual.runReset());
    await using server = await startSer2net(`telnet(rfc2217=true),tcp,127.0.0.1,${device.port}`);
    await using board = await openBoard(server.url);
    await board.exec('gone = 1');
    await expect(board.reset('run')).resolves.toContain('rst:0x');
    await expect(board.evaluate("'gone' in globals()")).resolves.toBe(false);
    const [dtrOn, dtrOff, rtsOn, rtsOff] = [8, 9, 11, 12];
    expect(device.controls.slice(-6)).toEqual([dtrOff, rtsOn, dtrOff, rtsOff, dtrOn, rtsOn]);
  });

  test('a port that is taken is refused in one sentence', async () => {
    await using virtual = await startVirtualBoard({});
    await using server = await startSer2net(`serialdev,${virtual.path},115200n81,local`);
    await using first = await openTransport(server.url);
    void first;
    await expect(openTransport(server.url)).rejects.toMatchObject({
      code: expect.stringMatching(/PORT_BUSY|NO_SUCH_PORT/),
    });
  });
});

test('a server that does not speak RFC 2217 is told apart within the deadline', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).write('hello')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const url = `rfc2217://127.0.0.1:${port}`;
  for (const open of [openTransport, openBoard])
    await expect(open(url, { deadlineMs: 400 })).rejects.toMatchObject({
      code: 'DEADLINE',
      message: expect.stringContaining('RFC 2217'),
    });
  server.close();
});

test('a server that opens its device for longer than a command waits is asked until the deadline', async () => {
  await using virtual = await startVirtualBoard({});
  await using line = await openTransport(virtual.path);
  await using device = await startDevice(line, () => virtual.runReset(), { deafMs: 2_500 });
  await using board = await openBoard(`rfc2217://127.0.0.1:${device.port}`);
  await expect(board.evaluate('6 * 7')).resolves.toBe(42);
});

describe('a port server that', () => {
  test('cannot do the speed is told of, with the speed that it set', async () => {
    await using server = await startPlainServer({ baudRate: 9_600 });
    await expect(openTransport(`${server.url}?baud=921600`)).rejects.toMatchObject({
      code: 'BAD_URL',
      message: expect.stringMatching(/^The port server at rfc2217:.* set 9600 baud instead of 921600; .*\.$/),
    });
    await using transport = await openTransport(`${server.url}?baud=9600`);
    await expect(transport.setBaudRate?.(115_200)).rejects.toMatchObject({ code: 'BAD_VALUE' });
  });

  test('does not tell the speed is believed', async () => {
    await using server = await startPlainServer({ baudRate: 0 });
    await using transport = await openTransport(server.url);
    await expect(transport.setBaudRate?.(115_200)).resolves.toBeUndefined();
  });

  test('suspends the flow is sent nothing until it resumes it, and then everything in order', async () => {
    await using server = await startPlainServer();
    await using transport = await openTransport(server.url);
    await transport.write(Buffer.from('before '));
    await server.received('before ');
    server.say(FLOW_CONTROL_SUSPEND, []);
    server.send('suspended');
    await new Promise<void>((resolve) => transport.onData(() => resolve()));
    const writes = [transport.write(Buffer.from('one ')), transport.write(Buffer.from('two '))];
    let written = false;
    void Promise.all(writes).then(() => {
      written = true;
    });
    server.send('the client has read so far');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([written, server.data()]).toEqual([false, 'before ']);
    server.say(FLOW_CONTROL_RESUME, []);
    await Promise.all(writes);
    await server.received('before one two ');
  });

  test('suspends the flow and closes fails what waits', async () => {
    await using server = await startPlainServer();
    await using transport = await openTransport(server.url);
    server.say(FLOW_CONTROL_SUSPEND, []);
    server.send('suspended');
    await new Promise<void>((resolve) => transport.onData(() => resolve()));
    const write = transport.write(Buffer.from('never'));
    server.drop();
    await expect(write).rejects.toMatchObject({ code: 'TRANSPORT_CLOSED' });
  });

  test('asks who we are is answered, and its notices are no data', async () => {
    await using server = await startPlainServer();
    await using transport = await openTransport(server.url);
    const heard: string[] = [];
    transport.onData((chunk) => heard.push(Buffer.from(chunk).toString()));
    server.say(106, [0x60]);
    server.say(107, [0xb0]);
    server.say(100, [...Buffer.from('a server')]);
    server.say(100, []);
    await server.commanded(0, 'wirewrap');
    server.send('data');
    await expect.poll(() => heard.join('')).toBe('data');
  });

  test.for([1, 2, 3, 7])('sends everything in pieces of %i bytes', async (pieceBytes) => {
    await using server = await startPlainServer({ pieceBytes });
    await using transport = await openTransport(server.url);
    const heard: Uint8Array[] = [];
    transport.onData((chunk) => heard.push(chunk));
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => (index % 2 === 0 ? 0xff : index / 2));
    server.send(bytes);
    await expect.poll(() => Buffer.concat(heard).length).toBe(bytes.length);
    expect(Buffer.concat(heard).equals(bytes)).toBe(true);
  });
});
