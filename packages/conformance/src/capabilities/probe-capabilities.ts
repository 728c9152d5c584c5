import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Board, py } from '@wirewrap/repl-driver';
import type { Capabilities } from '../claim/claim.ts';
import { ConformanceError } from '../errors.ts';

/** Keywords that any source or firmware has for `wrap_socket`, with a harmless value. */
const KEYWORDS: readonly (readonly [name: string, value: unknown])[] = [
  ['server_side', false],
  ['key', null],
  ['cert', null],
  ['cert_reqs', 0],
  ['cadata', null],
  ['server_hostname', null],
  ['do_handshake', true],
  ['keyfile', null],
  ['certfile', null],
  ['ca_certs', null],
  ['do_handshake_on_connect', true],
  ['ssl_version', 0],
];

const CONTEXT_KEYWORDS: readonly (readonly [name: string, value: unknown])[] = [
  ['server_side', false],
  ['do_handshake_on_connect', true],
  ['do_handshake', true],
  ['server_hostname', null],
  ['client_id', new Uint8Array([120])],
];

interface Probed {
  readonly keywords: string[];
  readonly contextKeywords: string[];
  readonly contextMethods: string[];
  readonly tlsContextMethods: string[];
  readonly constants: string[];
  readonly methods?: string[];
  readonly mbedtlsVersion: string | null;
  readonly tlsMbedtlsVersion: string | null;
  readonly pem?: boolean;
  readonly fileNames?: boolean | null;
  readonly positional?: boolean;
  readonly contextPositional: boolean;
  readonly year: number;
}

/** `Mbed TLS 3.6.3` to `3.6.3`. */
function versionNumber(text: unknown): string | null {
  return typeof text === 'string' ? (/\d+\.\d+\.\d+/.exec(text)?.[0] ?? null) : null;
}

/** What the virtual board says of itself; its shape hides the engine's own version. */
function virtualFacts(virtual: Readonly<Record<string, unknown>> | null): {
  engine: string | null;
  shape: string | null;
} {
  const shape = typeof virtual?.ssl === 'string' && virtual.ssl !== 'native' ? virtual.ssl : null;
  return { engine: versionNumber(virtual?.mbedtls), shape };
}

/** Finds out at run time what the board's `ssl` can do; by trying, without a network, never by a version number. */
export async function probeCapabilities(board: Board): Promise<Capabilities> {
  const identity = await board.identity();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = Buffer.from(privateKey.export({ type: 'sec1', format: 'pem' }).toString());
  await board.exec(readFileSync(new URL('./probe.py', import.meta.url), 'utf8'));
  const probed = await board.evaluate<Probed | null>(py`_probe(${key}, ${KEYWORDS}, ${CONTEXT_KEYWORDS})`);
  await board.exec('del _probe, _ptry, _ptaken, _pnames, _pcontext, _pwrap, _Pstream, _pssl, _ptls, _pio');
  if (probed === null) {
    throw new ConformanceError(
      'NO_MODULE',
      `${board.url} has neither ssl, ussl nor tls; install a firmware with TLS on it`,
    );
  }
  const { engine, shape } = virtualFacts(identity.virtual);
  const sorted = (names: readonly string[] | undefined): string[] => [...(names ?? [])].sort();
  return {
    module: identity.modules.ssl ? 'ssl' : identity.modules.ussl ? 'ussl' : 'tls',
    keywords: sorted(probed.keywords),
    contextKeywords: sorted(probed.contextKeywords),
    constants: sorted(probed.constants),
    methods: sorted(probed.methods),
    contextMethods: sorted(probed.contextMethods),
    tlsContextMethods: sorted(probed.tlsContextMethods),
    mbedtlsVersion: probed.mbedtlsVersion ?? probed.tlsMbedtlsVersion,
    engine: engine ?? versionNumber(probed.mbedtlsVersion ?? probed.tlsMbedtlsVersion),
    pem: probed.pem ?? false,
    fileNames: probed.fileNames ?? null,
    positional: probed.positional ?? false,
    contextPositional: probed.contextPositional,
    clockSet: probed.year >= 2020,
    platform: identity.platform,
    version: identity.version,
    hardware: identity.virtual === null && identity.platform !== 'linux',
    shape,
  };
}
