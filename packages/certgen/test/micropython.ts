import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import type { CertificateBundle, MbedtlsFlag } from '../src/index.ts';

const run = promisify(execFile);
const deadlineMs = 60_000;

/** A MicroPython with `tls` (1.23 and later) whose mbedTLS can be asked, or why there is none. */
export async function findMicropython(): Promise<{ readonly command: string } | { readonly missing: string }> {
  try {
    const { executable } = await provisionMicroPython();
    const { stdout } = await run(executable, ['-c', 'import tls; print(tls.MBEDTLS_VERSION)'], { timeout: deadlineMs });
    return stdout.includes('Mbed TLS') ? { command: executable } : { missing: `${executable} has no mbedTLS` };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** How `mbedtls_x509_crt_verify_info` puts each flag (library/x509_crt.c). */
const texts: Readonly<Record<string, MbedtlsFlag>> = {
  'validity has expired': 'EXPIRED',
  'has been revoked': 'REVOKED',
  'does not match with the expected CN': 'CN_MISMATCH',
  'not correctly signed by the trusted CA': 'NOT_TRUSTED',
  'validity starts in the future': 'FUTURE',
  'does not match the keyUsage extension': 'KEY_USAGE',
  'does not match the extendedKeyUsage extension': 'EXT_KEY_USAGE',
  'unacceptable hash': 'BAD_MD',
  'unacceptable PK alg': 'BAD_PK',
  'unacceptable key': 'BAD_KEY',
};

/** In either role it is MicroPython that connects: then nobody has to guess a port. */
const program = `
import sys, socket, tls
port, role, host, mode, folder, anchors = sys.argv[1:7]
def content(name):
    with open(folder + '/' + name, 'rb') as file:
        return file.read()
raw = socket.socket()
raw.connect(socket.getaddrinfo('127.0.0.1', int(port))[0][-1])
server = role == 'server'
context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER if server else tls.PROTOCOL_TLS_CLIENT)
context.verify_mode = getattr(tls, mode)
try:
    if mode != 'CERT_NONE':
        for index in range(int(anchors)):
            context.load_verify_locations(content('anchor-%d.der' % index))
    if server:
        context.load_cert_chain(content('cert'), content('key'))
        context.wrap_socket(raw, server_side=True)
    else:
        context.wrap_socket(raw, server_hostname=host)
    print('completed')
except Exception as error:
    print(repr(error))
`;

/**
 * mbedTLS 3.6.3 (Debian trixie) offers RSA-PSS because of its TLS 1.3 and then refuses it in TLS 1.2 (-0x6600). The
 * ESP32 does not offer it.
 */
const withoutPss = ['ECDSA', 'RSA']
  .flatMap((key) => ['SHA256', 'SHA384', 'SHA512'].map((hash) => `${key}+${hash}`))
  .join(':');

const permissive = { maxVersion: 'TLSv1.2', ciphers: 'ALL:@SECLEVEL=0', sigalgs: withoutPss } as const;

export interface MbedtlsSaid {
  readonly completed: boolean;
  readonly flags: readonly MbedtlsFlag[];
  readonly errno: number | null;
  readonly text: string;
}

type Mode = 'CERT_NONE' | 'CERT_REQUIRED';

/** Node presents the bundle of a server and MicroPython judges it as client. */
export async function judgeAsClient(micropython: string, bundle: CertificateBundle, mode: Mode): Promise<MbedtlsSaid> {
  const server = createServer({ ...permissive, key: bundle.key.pem, cert: bundle.chainPem });
  server.on('tlsClientError', () => {});
  server.on('secureConnection', (socket) => socket.on('error', () => {}));
  return ask(micropython, server, 'client', bundle, mode);
}

/** Node presents the bundle of a client and MicroPython, with a certificate of its own, judges it as server. */
export async function judgeAsServer(
  micropython: string,
  bundle: CertificateBundle,
  own: CertificateBundle,
  mode: Mode,
): Promise<MbedtlsSaid> {
  const server = tlsClient({ key: bundle.key.pem, cert: bundle.chainPem });
  return ask(micropython, server, 'server', bundle, mode, { cert: own.leaf.der, key: own.key.der });
}

/** MicroPython serves with the bundle's PEM files as they are; Node connects and trusts anybody. */
export async function serveFiles(micropython: string, bundle: CertificateBundle): Promise<MbedtlsSaid> {
  const own = { cert: bundle.chainPem, key: bundle.key.pem };
  return ask(micropython, tlsClient({}), 'server', bundle, 'CERT_NONE', own);
}

/** Accepts a TCP connection and begins TLS on it as client. */
function tlsClient(pair: { readonly key?: string; readonly cert?: string }): Server {
  return createTcpServer((socket) => {
    socket.on('error', () => {});
    const secure = connect({ ...permissive, ...pair, socket, rejectUnauthorized: false });
    secure.on('error', () => socket.destroy());
  });
}

async function ask(
  micropython: string,
  server: Server,
  role: 'client' | 'server',
  bundle: CertificateBundle,
  mode: Mode,
  own: { readonly cert: string | Uint8Array; readonly key: string | Uint8Array } = { cert: '', key: '' },
): Promise<MbedtlsSaid> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-mbedtls-'));
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await writeFile(join(folder, 'ask.py'), program);
    await writeFile(join(folder, 'cert'), own.cert);
    await writeFile(join(folder, 'key'), own.key, { mode: 0o600 });
    for (const [index, { der }] of bundle.anchors.entries()) await writeFile(join(folder, `anchor-${index}.der`), der);
    const args = [String(port), role, bundle.host, mode, folder, String(bundle.anchors.length)];
    const text = await output(micropython, [join(folder, 'ask.py'), ...args]);
    const flags = Object.entries(texts).flatMap(([part, flag]) => (text.includes(part) ? [flag] : []));
    const errno = /^OSError\((-?\d+)/.exec(text)?.[1];
    return { completed: text === 'completed', flags, errno: errno === undefined ? null : Number(errno), text };
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: deadlineMs });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return text.trim();
}
