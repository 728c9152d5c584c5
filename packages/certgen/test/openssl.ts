import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateBundle } from '../src/index.ts';

/** The first thing that OpenSSL complained of: a number, or all that it printed when it stopped without one. */
export type Said = number | string;

const deadlineMs = 60_000;
/** The presenting end takes everything, so that the judging end has something to judge. */
const permissive = ['-cipher', 'ALL:@SECLEVEL=0'];
/** Said out loud: the default differs between distributions and versions. */
const strict = ['-cipher', 'DEFAULT:@SECLEVEL=2'];
/** Or openssl would ask at the terminal. */
const noPassword = ['-pass', 'pass:nobody-knows'];
const onlyOurs = ['-no-CApath', '-no-CAstore'];

interface Ran {
  readonly status: number;
  readonly output: string;
}

function run(args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile('openssl', args, { timeout: deadlineMs, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ status, output: stderr + stdout });
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** `OpenSSL 3.0.19 …`, or null when the command is not there. */
export async function opensslVersion(): Promise<string | null> {
  const { status, output } = await run(['version']);
  return status === 0 ? output.trim() : null;
}

/** The bundle's files in a folder of their own, as the openssl command wants them. */
export class OpensslOracle implements AsyncDisposable {
  readonly #folder: string;
  readonly #bundle: CertificateBundle;
  readonly #nowMs: number;

  private constructor(folder: string, bundle: CertificateBundle, nowMs: number) {
    this.#folder = folder;
    this.#bundle = bundle;
    this.#nowMs = nowMs;
  }

  /** `own` is what a server that judges client certificates presents itself. */
  static async of(bundle: CertificateBundle, own: CertificateBundle, nowMs: number): Promise<OpensslOracle> {
    const folder = await mkdtemp(join(tmpdir(), 'wirewrap-openssl-'));
    const files: Record<string, string | Uint8Array> = {
      'key.pem': bundle.key.pem,
      'leaf.pem': bundle.leaf.pem,
      'leaf.der': bundle.leaf.der,
      'intermediates.pem': bundle.intermediates.map(({ pem }) => pem).join(''),
      'anchors.pem': bundle.anchors.map(({ pem }) => pem).join(''),
      'crls.pem': bundle.crls.map(({ pem }) => pem).join(''),
      'own.pem': own.combinedPem,
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content, { mode: 0o600 });
    return new OpensslOracle(folder, bundle, nowMs);
  }

  /** Whether `openssl x509` reads the leaf as PEM and as DER. */
  async parses(): Promise<{ pem: boolean; der: boolean }> {
    const pem = await run(['x509', '-noout', '-text', '-in', this.#path('leaf.pem')]);
    const der = await run(['x509', '-noout', '-text', '-inform', 'DER', '-in', this.#path('leaf.der')]);
    return { pem: pem.status === 0, der: der.status === 0 };
  }

  async verify(): Promise<Said> {
    const chain = this.#bundle.intermediates.length === 0 ? [] : ['-untrusted', this.#path('intermediates.pem')];
    const { output } = await run(['verify', ...this.#checks('-CRLfile'), ...chain, this.#path('leaf.pem')]);
    const error = /error (\d+) at/.exec(output)?.[1];
    if (error !== undefined) return Number(error);
    return /: OK$/m.test(output) ? 0 : output;
  }

  /** `s_server` and `s_client` over loopback: one end presents the bundle, the other checks it. */
  handshake(): Promise<Said> {
    const presents = ['-cert', this.#path('leaf.pem'), '-key', this.#path('key.pem'), ...noPassword, ...permissive];
    if (this.#bundle.intermediates.length > 0) presents.push('-cert_chain', this.#path('intermediates.pem'));
    const judges = [...this.#checks('-CRL'), '-verify_return_error', ...strict];
    if (this.#bundle.role === 'server') return connect(presents, [...judges, '-verify', '9'], 'client');
    return connect(['-cert', this.#path('own.pem'), ...judges, '-Verify', '9'], presents, 'server');
  }

  #checks(crlOption: string): string[] {
    const { role, host, crls } = this.#bundle;
    const time = ['-attime', String(Math.floor(this.#nowMs / 1000))];
    const trust = ['-CAfile', this.#path('anchors.pem'), ...onlyOurs];
    const name = isIP(host) === 0 ? ['-verify_hostname', host] : ['-verify_ip', host];
    const lists = crls.length === 0 ? [] : [crlOption, this.#path('crls.pem'), '-crl_check'];
    const use = role === 'server' ? ['-purpose', 'sslserver', ...name] : ['-purpose', 'sslclient'];
    return [...time, ...trust, ...use, ...lists];
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function connect(
  server: readonly string[],
  client: readonly string[],
  judge: 'client' | 'server',
): Promise<Said> {
  const process = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-naccept', '1', ...server]);
  let printed = '';
  for (const stream of [process.stdout, process.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = once(process, 'close');
  const timer = setTimeout(() => process.kill('SIGKILL'), deadlineMs);
  try {
    const port = await portOf(() => printed, ended);
    if (port === null) return printed;
    const { output } = await run(['s_client', '-connect', `127.0.0.1:${port}`, ...client], 'Q\n');
    // In TLS 1.3 the server judges after the client has finished.
    if (judge === 'server') await ended;
    return complaint(judge === 'client' ? output : printed, `${printed}\n${output}`);
  } finally {
    clearTimeout(timer);
    process.kill('SIGKILL');
    await ended;
  }
}

async function portOf(printed: () => string, ended: Promise<unknown>): Promise<string | null> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (let waited = 0; waited < deadlineMs; waited += 5) {
    const port = /ACCEPT .*:(\d+)/.exec(printed())?.[1];
    if (port !== undefined) return port;
    if (over) return null;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return null;
}

function complaint(judge: string, everything: string): Said {
  const error = /verify error:num=(\d+)/.exec(judge)?.[1];
  if (error !== undefined) return Number(error);
  const complete = /^(New|Reused), TLSv1\.[23], Cipher is (?!\(NONE\))/m.test(judge) || /^CIPHER is /m.test(judge);
  return complete ? 0 : everything;
}
