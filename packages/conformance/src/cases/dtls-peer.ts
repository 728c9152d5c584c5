import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateBundle } from '@wirewrap/certgen';

const DEADLINE_MS = 5_000;

/** `openssl` as the other end of DTLS 1.2: node has none. */
export class DtlsPeer implements AsyncDisposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #folder: string;
  #output = '';

  private constructor(process: ChildProcessWithoutNullStreams, folder: string) {
    this.#process = process;
    this.#folder = folder;
    process.stdout.on('data', (chunk: Buffer) => {
      this.#output += chunk.toString('latin1');
    });
    process.stderr.resume();
    process.stdin.on('error', () => {});
  }

  /** A server; resolves with its port, which the operating system chose. */
  static async serve(bundle: CertificateBundle, address: string): Promise<{ peer: DtlsPeer; port: number }> {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-dtls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await writeFile(key, bundle.key.pem, { mode: 0o600 });
    await writeFile(cert, bundle.leaf.pem);
    const options = ['s_server', '-dtls1_2', '-accept', `${address}:0`, '-key', key, '-cert', cert];
    const peer = new DtlsPeer(spawn('openssl', options), folder);
    const [, port = ''] = await peer.says(/ACCEPT \S+:(\d+)/);
    return { peer, port: Number(port) };
  }

  /** A client that sends one line. */
  static async connect(host: string, port: number): Promise<DtlsPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-dtls-'));
    const peer = new DtlsPeer(
      spawn('openssl', ['s_client', '-dtls1_2', '-quiet', '-connect', `${host}:${port}`]),
      folder,
    );
    peer.say('ping\n');
    return peer;
  }

  say(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Waits for text in what openssl prints. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) return match;
      await once(this.#process.stdout, 'data', { signal }).catch(() => {
        throw new Error(
          `openssl did not print ${pattern} within ${DEADLINE_MS} ms; it printed ${JSON.stringify(this.#output.slice(-200))}`,
        );
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGKILL');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
