import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { execa, type ResultPromise } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardRun } from '../src/board/board-endpoint.ts';
import type { Failure } from '../src/failure-folder/failure.ts';
import { writeFailureFolder } from '../src/failure-folder/failure-folder.ts';
import { SerialLog } from '../src/failure-folder/serial-log.ts';
import type { Handshake } from '../src/handshake.ts';
import { storyOf } from '../src/story/story.ts';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

const noOpenssl = await execa('openssl', ['version']).then(
  () => null,
  () => 'openssl is missing',
);

describe.skipIf(noMicroPython)(`the folder of a failed test ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  let parent: string;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'wirewrap-failure-'));
    return () => rm(parent, { recursive: true, force: true });
  });

  const write = async (handshakes: readonly Handshake[], more: Partial<Failure> = {}) =>
    writeFailureFolder(parent, {
      name: 'suite > case',
      handshakes,
      serialLog: '',
      errors: ['it should have'],
      board: await bench.board.identity(),
      ...more,
    });

  test('holds the story, capture, key log, serial log, certificates and program', async () => {
    using log = new SerialLog(bench.board);
    const startMs = performance.now();
    const handshake = await bench.lab.connect({});
    const folder = await write([handshake], { serialLog: log.since(startMs) });
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      'board.py',
      'capture.pcapng',
      'certificates',
      'certificates/presented.pem',
      'certificates/sent-by-peer.pem',
      'certificates/trust-anchor.pem',
      'keys.log',
      'peer-key.pem',
      'serial.log',
      'story.md',
    ]);
    const story = await readFile(join(folder, 'story.md'), 'utf8');
    expect(story).toContain(storyOf(handshake));
    expect(story).toContain('it should have');
    expect(await readFile(join(folder, 'serial.log'), 'utf8')).toMatch(/ board {2}.*S -1 \d+ \(None,\)/);
  });

  test('secrets are for their owner alone, and no key stands in story or serial log', async () => {
    using log = new SerialLog(bench.board);
    const startMs = performance.now();
    const certificate = await bench.pki.certificate('good');
    const folder = await write([await bench.lab.serve({ certificate })], { serialLog: log.since(startMs) });
    for (const file of ['key.bin', 'keys.log', 'capture.pcapng']) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    }
    const key = Buffer.from(certificate.key.der);
    for (const file of ['story.md', 'serial.log', 'board.py']) {
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).not.toContain('PRIVATE KEY');
      expect(text).not.toContain(key.toString('base64').slice(10, 60));
    }
  });

  test('several handshakes lie in numbered folders; a second run replaces the first', async () => {
    const handshake = await bench.lab.connect({});
    await write([handshake]);
    const folder = await write([handshake, handshake]);
    expect((await readdir(folder)).sort()).toEqual(['handshake-1', 'handshake-2', 'story.md']);
    expect(await readdir(parent)).toEqual(['suite-case']);
  });

  describe.skipIf(noOpenssl)(
    `the program by hand, on a plain micropython${noOpenssl ? ` (skipped: ${noOpenssl})` : ''}`,
    () => {
      const required = { constant: 'CERT_REQUIRED' } as const;
      // Only `tls` is built into the distribution's package, so that the cases for it call that.
      const clients: readonly { name: string; run: BoardRun; prints: RegExp }[] = [
        { name: 'default', run: {}, prints: /^write 5\nreadline b'gnip\\n'\nclose None\n$/ },
        {
          name: 'validating, by tls.SSLContext',
          run: { api: 'tls.SSLContext', args: { cert_reqs: required, server_hostname: 'board.test' } },
          prints: /readline b'gnip\\n'/,
        },
        {
          name: 'wrong host',
          run: { args: { cert_reqs: required, server_hostname: 'other.test' } },
          prints: /ValueError: .*Common Name/s,
        },
        {
          name: 'steps of all kinds',
          run: {
            args: { do_handshake: false },
            timeout: 'non-blocking',
            data: { greeting: new TextEncoder().encode('hi') },
            steps: [
              { do: 'write', bytes: 'abc\n', retryMs: 20_000 },
              { do: 'poll', events: 'in', timeoutMs: 20_000 },
              { do: 'readinto', size: 2, retryMs: 20_000 },
              { do: 'python', name: 'sum', source: 'len(greeting) + 1' },
              { do: 'python', name: 'failing', source: 'import sys\nsys.nothing' },
              { do: 'setblocking', blocking: true },
            ],
          },
          prints:
            /^write 4\npoll \[.*\]\nreadinto 2 b'cb'\nsum 3\nfailing raised AttributeError.*\nsetblocking None\n$/,
        },
      ];
      test.for(clients)('client: $name', async ({ run, prints }) => {
        const certificate = await bench.pki.certificate('good');
        const args = run.args?.cert_reqs ? { ...run.args, cadata: certificate.ca.der } : run.args;
        const folder = await write([await bench.lab.connect({ certificate }, { ...run, args })]);
        const port = await freePort();
        // As story.md says it, on a free port.
        const [, command = ''] =
          /Start `openssl (s_server [^`]+)`/.exec(await readFile(join(folder, 'story.md'), 'utf8')) ?? [];
        const server = execa('openssl', command.replace('8443', String(port)).split(' '), {
          cwd: folder,
          reject: false,
          stdin: 'pipe',
        });
        try {
          await printed(server, 'ACCEPT');
          const output = await micropython(folder, port);
          expect(output).toMatch(prints);
        } finally {
          server.kill();
          await server;
        }
      });

      test('server', async () => {
        const folder = await write([await bench.lab.serve({ certificate: await bench.pki.certificate('good') })]);
        const port = await freePort();
        const { executable } = await provisionMicroPython();
        const board = execa(executable, ['board.py', '127.0.0.1', String(port)], { cwd: folder, reject: false });
        await printed(board, 'listening on');
        const client = await execa('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-ign_eof'], {
          input: 'echo\n',
          reject: false,
          timeout: 60_000,
        });
        expect(client.stdout).toContain('ping');
        expect((await board).stdout).toContain("readline b'echo\\n'");
      });

      async function micropython(folder: string, port: number): Promise<string> {
        const { executable } = await provisionMicroPython();
        const args = ['board.py', '127.0.0.1', String(port)];
        const { all } = await execa(executable, args, { cwd: folder, reject: false, all: true, timeout: 60_000 });
        return `${all}\n`;
      }
    },
  );
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function printed(process: ResultPromise, text: string): Promise<void> {
  let all = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  process.stdout?.on('data', (chunk: Buffer) => {
    all += chunk.toString();
    if (all.includes(text)) resolve();
  });
  process.then(({ stderr }) =>
    reject(new Error(`The program ended before it printed '${text}': ${all}${String(stderr)}`)),
  );
  await promise;
}
