import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { py } from '@wirewrap/repl-driver';
import { BoardNetwork, createBoardEndpoint, createTlsLab, storyOf, withoutConnection } from '@wirewrap/tls-lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

/** What a user's own program does with TLS: asyncio, `requests`, a server in a loop. */
describe.skipIf(noMicroPython)(`programs of a user ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  test('asyncio: a client stream, certificate checked', async ({ skip }) => {
    const certificate = await bench.pki.certificate('good');
    await using server = await bench.lab.server({ certificate });
    const transcript = server.nextTranscript({ deadlineMs: 60_000 });
    transcript.catch(() => {});
    const printed = await bench.board.exec(py`
      import asyncio, ssl

      async def talk(ca):
          context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
          context.verify_mode = ssl.CERT_REQUIRED
          context.load_verify_locations(cadata=ca)
          try:
              reader, writer = await asyncio.open_connection(
                  ${server.address}, ${server.port}, ssl=context, server_hostname=${certificate.host})
          except TypeError as e:
              print('no ssl:', e)
              return
          writer.write(b'from asyncio\n')
          await writer.drain()
          print(await reader.readline())
          writer.close()
          await writer.wait_closed()

      asyncio.run(talk(${certificate.ca.der}))
    `);
    if (printed.startsWith('no ssl')) return skip(`asyncio of this firmware takes no ssl: ${printed.trim()}`);
    expect(printed).toBe("b'from asyncio\\n'\n");
    expect(await transcript).toMatchObject({ handshakeCompleted: true, serverName: certificate.host });
  });

  test('asyncio: two client streams at once', async ({ skip }) => {
    await using server = await bench.lab.server();
    const transcripts = [server.nextTranscript({ deadlineMs: 60_000 }), server.nextTranscript({ deadlineMs: 60_000 })];
    for (const transcript of transcripts) transcript.catch(() => {});
    const printed = await bench.board.exec(py`
      import asyncio, ssl

      async def talk(name):
          context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
          context.verify_mode = ssl.CERT_NONE
          reader, writer = await asyncio.open_connection(${server.address}, ${server.port}, ssl=context)
          for line in range(3):
              writer.write(name + b'\n')
              await writer.drain()
              assert await reader.readline() == name + b'\n'
          writer.close()
          await writer.wait_closed()
          return name

      async def main():
          return await asyncio.gather(talk(b'one'), talk(b'two'))

      try:
          print(asyncio.run(main()))
      except TypeError as e:
          print('no ssl:', e)
    `);
    if (printed.startsWith('no ssl')) return skip(`asyncio of this firmware takes no ssl: ${printed.trim()}`);
    expect(printed).toBe("[b'one', b'two']\n");
    for (const transcript of transcripts) expect(await transcript).toMatchObject({ handshakeCompleted: true });
  });

  test('requests: an HTTPS GET', async ({ skip }) => {
    const has = await bench.board.exec(
      'try:\n import requests\n print("yes")\nexcept ImportError:\n try:\n  import urequests\n  print("yes")\n except ImportError:\n  print("no")',
    );
    if (has.trim() === 'no') return skip('this firmware has neither requests nor urequests');
    const respond = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello';
    await using server = await bench.lab.server({ application: { respond, when: '\r\n\r\n' } });
    const transcript = server.nextTranscript({ deadlineMs: 60_000 });
    const printed = await bench.board.exec(py`
      try:
          import requests
      except ImportError:
          import urequests as requests
      response = requests.get(${`https://${server.address}:${server.port}/`})
      print(response.status_code, response.text)
      response.close()
    `);
    expect(printed).toBe('200 hello\n');
    expect(await transcript).toMatchObject({ handshakeCompleted: true });
  });

  test("a server of the user's own that serves three clients one after another", async () => {
    const certificate = await bench.pki.certificate('good');
    const results = [];
    for (let client = 0; client < 3; client++) {
      const steps = [{ do: 'readline' }, { do: 'write', bytes: 'answer\n' }, { do: 'close' }] as const;
      results.push(await bench.lab.serve({ certificate, steps }, { application: { send: `client ${client}\n` } }));
    }
    const lines = results.map(({ board }) => Buffer.from(board.steps[0]?.value as Uint8Array).toString());
    expect(lines).toEqual(['client 0\n', 'client 1\n', 'client 2\n']);
  });

  // ESP32 firmware 1.18 panics where a closed socket is read: FD_SET takes its -1 as the number of a descriptor.
  test('a socket that the case has closed is not read again', async () => {
    await bench.lab.connect({}, { steps: [{ do: 'close' }] });
    const printed = await bench.board.exec(py`
      import io
      class Stream(io.IOBase):
          def __init__(self, events):
              self.events, self.reads = events, 0
          def ioctl(self, request, arg):
              return self.events if request == 3 else -1
          def settimeout(self, seconds):
              pass
          def recv(self, size):
              self.reads += 1
              return b''
      readable, closed = Stream(1), Stream(32)
      _wwz(readable)
      _wwz(closed)
      print(readable.reads, closed.reads)
    `);
    expect(printed).toBe('1 0\n');
  });

  test('what a step prints, however it looks, does not disturb the case', async () => {
    const source =
      "print('~1 S 0 1 (1,)')\nprint('~1 Z (1, 1)')\nprint('\\x04\\x04>')\nresult = b'\\x04\\x03\\x01\\r\\n'";
    const { board } = await bench.lab.connect(
      {},
      { steps: [{ do: 'python', name: 'noise', source }, { do: 'close' }] },
    );
    expect(board).toMatchObject({ completed: true });
    expect(board.steps[0]?.value).toEqual(new Uint8Array([4, 3, 1, 13, 10]));
  });

  test('a port that is in use still is tried again until it is free', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    setTimeout(() => holder.close(), 700);
    const network = new BoardNetwork({ boardPort: port });
    await using lab = createTlsLab({ board: bench.board, network, pki: bench.pki });
    expect((await lab.serve()).board).toMatchObject({ completed: true });
  });

  test('a board behind NAT: its port is forwarded, and it sees the host at another address', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const boardPort = (free.address() as AddressInfo).port;
    free.close();
    await using forwarder = createServer((outside) => {
      const inside = connect(boardPort, '127.0.0.1');
      outside.pipe(inside).pipe(outside);
      for (const socket of [outside, inside]) socket.on('error', () => {});
      inside.on('close', () => outside.destroySoon());
    }).listen(0, '127.0.0.1');
    await once(forwarder, 'listening');
    const boardAddress = { host: '127.0.0.1', port: (forwarder.address() as AddressInfo).port };
    // All of 127/8 is this host, but the servers bind to 127.0.0.1 only when they are told to.
    const network = new BoardNetwork({ host: '127.0.0.3', listen: '0.0.0.0', boardAddress, boardPort });
    await using lab = createTlsLab({ board: bench.board, network, pki: bench.pki });
    expect((await lab.serve()).board).toMatchObject({ completed: true });
    expect((await lab.connect({})).board).toMatchObject({ completed: true });
  });

  test.for([
    ['nothing', undefined, /needs the host's server, and got undefined: pass what tls\.server\(\) resolves with/],
    ['a promise', Promise.resolve({}), /got a Promise \(an await is missing\)/],
  ] as const)('tls.connect() with %s is one sentence', async ([, target, says]) => {
    await expect(bench.lab.connect(target as never)).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(says) }),
    );
  });

  test('a host that cannot reach the board is part of the story', async () => {
    // Nothing is forwarded from there, as with a wrong setting.
    const boardAddress = { host: '127.0.0.1', port: 9 };
    const network = new BoardNetwork({ boardAddress, boardPort: 38_443 });
    await using lab = createTlsLab({ board: bench.board, network, pki: bench.pki });
    const handshake = await lab.serve({ deadlineMs: 4000 });
    expect(handshake.wire).toBeNull();
    expect(handshake.board).toMatchObject({ completed: false, wrap: { step: 'accept' } });
    expect(storyOf(handshake)).toMatch(/could not connect to 127\.0\.0\.1:9 .*WIREWRAP_BOARD_ADDRESS/);
  });

  test('and then the board does not wait for it either', async () => {
    const network = new BoardNetwork({ boardAddress: { host: '127.0.0.1', port: 9 }, boardPort: 38_443 });
    await using lab = createTlsLab({ board: bench.board, network, pki: bench.pki });
    const startedAt = performance.now();
    const handshake = await lab.serve();
    expect(performance.now() - startedAt).toBeLessThan(6000);
    expect(withoutConnection(handshake)).toMatch(/no TCP connection .* in accept\): The host could not connect/);
    // The interrupt hit that case alone.
    expect((await bench.lab.serve()).board).toMatchObject({ completed: true });
  });

  test('a host that failed after it had connected does not interrupt the board', async () => {
    const certificate = await bench.pki.certificate('good');
    const port = await new BoardNetwork({}).boardPort();
    const endpoint = createBoardEndpoint(bench.board, new BoardNetwork({}));
    const steps = [{ do: 'python', name: 'wait', source: 'time.sleep_ms(600)\nresult = 1' }] as const;
    const outcome = await endpoint.serve(port, { certificate, args: { do_handshake: false }, steps }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      await new Promise((resolve) => setTimeout(resolve, 250));
      socket.destroy();
      throw new Error('the TLS of the host failed');
    });
    expect(outcome).toMatchObject({ completed: true, error: null });
  });

  test('cases that are started at once run one after another', async () => {
    const profiles = ['good', 'expired', 'self-signed', 'wrong-host', 'untrusted-ca'] as const;
    const certificates = await Promise.all(
      profiles.map((profile) => bench.pki.certificate(profile, { key: 'rsa-2048' })),
    );
    const runs = certificates.flatMap((certificate) => [
      bench.lab.serve({ certificate }),
      bench.lab.connect({ certificate }, { args: { cadata: certificate.ca.der } }),
    ]);
    for (const { board } of await Promise.all(runs)) expect(board).toMatchObject({ completed: true });
  });

  test('a soft reset between two cases: the program is sent again', async () => {
    await bench.lab.connect({});
    await bench.board.reset();
    expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
  });

  test('a soft reset between two cases: what the board kept is sent again too', async () => {
    const trusted = async (name: 'good' | 'self-signed') => {
      const certificate = await bench.pki.certificate(name);
      return await bench.lab.connect({ certificate }, { args: { cadata: certificate.leaf.der } });
    };
    expect((await trusted('good')).board).toMatchObject({ completed: true });
    await bench.board.reset();
    expect((await trusted('self-signed')).board).toMatchObject({ completed: true });
  });

  test("a case takes none of the user's names", async () => {
    await bench.lab.connect({});
    const own = "{n: globals()[n] for n in globals() if n[0] != '_' and n != 'before'}";
    await bench.board.exec(`binascii = socket = e = 7\nbefore = ${own}`);
    const certificate = await bench.pki.certificate('good', { key: 'p-384' });
    await bench.lab.serve({ certificate });
    await bench.lab.connect({ certificate }, { args: { cadata: Buffer.from(certificate.ca.pem.repeat(4)) } });
    expect(await bench.board.evaluate(`before == ${own}`)).toBe(true);
  });

  test('an exception outside of every step (out of memory, Ctrl-C) is the error of the case', async () => {
    await bench.lab.connect({});
    await bench.board.exec('_wwd = None');
    expect((await bench.lab.connect({})).board).toMatchObject({ completed: false, error: { type: 'TypeError' } });
    expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
  });

  test.for(['crash', 'reset', 'hang'] as const)(
    'a board that does not come back (%s) leaves a usable session',
    async (how) => {
      const source = {
        crash: 'import uctypes\nuctypes.bytearray_at(0, 4)[0] = 1',
        reset: 'import machine\nmachine.reset()',
        hang: 'while True:\n try:\n  while True: pass\n except BaseException: pass',
      }[how];
      const steps = [{ do: 'python', name: how, source }] as const;
      const { board } = await bench.lab.connect({}, { steps, deadlineMs: how === 'hang' ? 1500 : 60_000 });
      expect(board.completed).toBe(false);
      if (how === 'hang') expect(board.error?.type).toBe('BoardGaveUp');
      else
        expect(board).toMatchObject({
          crash: expect.stringMatching(how === 'crash' ? /SIGSEGV/ : /reset/i),
          crashedIn: how,
        });
      expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
    },
  );
});
