import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { CertificateBundle } from '@wirewrap/certgen';
import { settlesWithin } from '../src/time/wait.ts';

/** What `openssl s_client` or `s_server`, in the board's place, made of a connection. */
export interface OpensslEnd {
  /** Null while it was still running when its time was over. */
  readonly exitCode: number | null;
  readonly output: Buffer;
  readonly errors: string;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

async function finish(child: Child, ms: number): Promise<OpensslEnd> {
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => errors.push(chunk));
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  const inTime = await settlesWithin(ended, ms);
  if (!inTime) {
    child.kill('SIGKILL');
    await ended;
  }
  return {
    exitCode: inTime ? child.exitCode : null,
    output: Buffer.concat(output),
    errors: Buffer.concat(errors).toString('utf8'),
  };
}

/** Connects, writes `ping` and reads until the server closes. */
export async function opensslClient(port: number, args: readonly string[], ms: number): Promise<OpensslEnd> {
  const all = ['s_client', '-connect', `127.0.0.1:${port}`, '-quiet', '-nbio', '-servername', 'board.test', ...args];
  const child = spawn('openssl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});
  child.stdin.write('ping\n');
  return finish(child, ms);
}

/** Listens for one connection and sends back what it reads, each line reversed. */
export async function opensslServer(
  certificate: CertificateBundle,
  args: readonly string[],
  ms: number,
  connect: (port: number) => Promise<void>,
): Promise<OpensslEnd> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-openssl-'));
  const file = join(folder, 'server.pem');
  await writeFile(file, certificate.combinedPem, { mode: 0o600 });
  const all = ['s_server', '-accept', '127.0.0.1:0', '-cert', file, '-rev', '-naccept', '1', ...args];
  const child = spawn('openssl', all, { stdio: ['pipe', 'pipe', 'pipe'] });
  try {
    const port = await listeningPort(child);
    const [end] = await Promise.all([finish(child, ms), connect(port)]);
    return end;
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function listeningPort(child: Child): Promise<number> {
  let text = '';
  for await (const [chunk] of on(child)) {
    text += String(chunk);
    const match = /ACCEPT .*:(\d+)/.exec(text);
    if (match !== null) return Number(match[1]);
  }
  throw new Error(`openssl s_server did not listen: ${text}`);
}

async function* on(child: Child): AsyncGenerator<[Buffer], void> {
  for (;;) yield (await once(child.stdout, 'data')) as [Buffer];
}
