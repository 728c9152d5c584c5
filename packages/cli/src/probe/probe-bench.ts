import type { CertificateBundle, KeyKind, Pki } from '@wirewrap/certgen';
import type { Handshake, TlsLab, TlsVersion } from '@wirewrap/tls-lab';
import type { HandshakeCost } from './probe-report.ts';

/** What a probe works with. */
export interface ProbeBench {
  readonly lab: TlsLab;
  readonly pki: Pki;
  /** Told what is tried, a few words at a time. */
  readonly onProgress: (what: string) => void;
  readonly signal: AbortSignal;
}

export const versions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Old versions and weak suites too: OpenSSL's default security level would refuse for the board. */
export const everySuite = 'ALL:COMPLEMENTOFALL@SECLEVEL=0';

/** Repeats of a measurement; the median of three ignores one hiccup. */
const repeats = 3;

/** True when both ends finished the handshake and the board had no exception in it. */
export function completed(handshake: Handshake): boolean {
  return handshake.wire?.handshakeCompleted === true && handshake.board.wrap.error === null;
}

export async function goodCertificate(pki: Pki, key: KeyKind): Promise<CertificateBundle> {
  return await pki.certificate('good', { key });
}

/** Runs a handshake several times and takes the medians. */
export async function measure(run: () => Promise<Handshake>): Promise<HandshakeCost> {
  const done: Handshake[] = [];
  for (let i = 0; i < repeats; i += 1) {
    const handshake = await run();
    if (completed(handshake)) done.push(handshake);
  }
  const heap = done.flatMap(({ board: { heapBefore, heapAfter } }) =>
    heapBefore === null || heapAfter === null ? [] : [heapBefore - heapAfter],
  );
  return { ms: median(done.map(({ board }) => board.wrapMs)), heapBytes: median(heap) };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
