import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { connect, createServer, type TlsOptions } from 'node:tls';
import { createPki } from '@wirewrap/certgen';
import { median } from '@wirewrap/conformance';
import { startTlsServer } from '@wirewrap/tls-lab';
import { readOptions } from '../options.ts';
import { writeJson } from '../write-json.ts';

interface Row {
  readonly what: string;
  readonly server: string;
  /** Median of one connection: TCP, handshake, one echo, close. Milliseconds. */
  readonly ms: number;
  /** Time of this server divided by that of bare node:tls. */
  readonly ratio: number;
}

const RUNS = 150;

/** `pnpm bench tap [--json FILE]`: a connection with a tapped server beside one with bare node:tls, in turns in one run. */
export async function run(args: readonly string[]): Promise<void> {
  const json = (await readOptions(args, { json: { kind: 'output' } })).text('json');
  const certificate = await createPki().certificate('good');
  const rows: Row[] = [];
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    const options: TlsOptions = { key: certificate.key.pem, cert: certificate.chainPem, maxVersion };
    const bare = createServer(options, (socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
    await using tapped = await startTlsServer({ certificate, maxVersion });
    await using changed = await startTlsServer({ certificate, maxVersion, faults: ['finished-over-records'] });
    const servers = {
      'node:tls, bare': { port: (bare.address() as AddressInfo).port, after: async () => {} },
      'tapped, with its transcript': { port: tapped.port, after: () => tapped.nextTranscript() },
      'tapped, a fault that encrypts again': { port: changed.port, after: () => changed.nextTranscript() },
    };
    const times = new Map(Object.keys(servers).map((name) => [name, [] as number[]]));
    for (let turn = 0; turn < RUNS; turn += 1) {
      for (const [name, { port, after }] of Object.entries(servers)) {
        const startedAtMs = performance.now();
        await Promise.all([exchange(port), after()]);
        times.get(name)?.push(performance.now() - startedAtMs);
      }
    }
    bare.close();
    const reference = median(times.get('node:tls, bare') ?? []);
    for (const [server, list] of times) {
      rows.push({ what: `one connection, ${maxVersion}`, server, ms: median(list), ratio: median(list) / reference });
    }
  }
  console.table(rows.map(({ ms, ratio, ...row }) => ({ ...row, ms: ms.toFixed(2), ratio: ratio.toFixed(2) })));
  const report = { cores: availableParallelism(), node: process.version, runs: RUNS, rows };
  await writeJson(json, report);
}

async function exchange(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => socket.write('ping\n'));
  socket.on('data', () => socket.end());
  socket.on('close', () => resolve());
  socket.on('error', reject);
  await promise;
}
