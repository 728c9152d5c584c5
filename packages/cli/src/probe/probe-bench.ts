import type { CertificateBundle, KeyKind, Pki } from '@wirewrap/certgen';
import { median } from '@wirewrap/conformance';
import type { BoardOutcome, BoardStep, Handshake, TlsLab, TlsVersion } from '@wirewrap/tls-lab';
import type { HandshakeCost } from './probe-report.ts';

/** What a probe works with. */
export interface ProbeBench {
  readonly lab: TlsLab;
  readonly pki: Pki;
  /** Called with what is tried, a few words at a time. */
  readonly onProgress: (what: string) => void;
  readonly signal: AbortSignal;
}

export const VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Old versions and weak suites too: OpenSSL's default security level would refuse for the board. */
export const EVERY_SUITE = 'ALL:COMPLEMENTOFALL@SECLEVEL=0';

/** Repeats of a measurement; the median of three ignores one hiccup. */
const REPEATS = 3;

/** True when both ends finished the handshake and the board had no exception in it. */
export function completed(handshake: Handshake): boolean {
  return handshake.wire?.handshakeCompleted === true && handshake.board.wrap.error === null;
}

export async function goodCertificate(pki: Pki, key: KeyKind): Promise<CertificateBundle> {
  return await pki.certificate('good', { key });
}

/** What is in use of both heaps: `mem_free` would count what Python may still take from ESP-IDF's. */
const HEAPS_IN_USE = `
import gc
gc.collect()
result = [gc.mem_alloc(), None]
try:
    import esp32
    result[1] = -sum([r[1] for r in esp32.idf_heap_info(esp32.HEAP_DATA)])
except Exception:
    pass
`;

const MEASURING_STEPS: readonly BoardStep[] = [
  { do: 'write', bytes: 'ping\n' },
  { do: 'readline' },
  { do: 'python', name: 'open', source: HEAPS_IN_USE },
  { do: 'close' },
  { do: 'python', name: 'closed', source: `wrapped = ctx = None\n${HEAPS_IN_USE}` },
];

/** Runs a handshake several times and takes the medians. */
export async function measure(run: (steps: readonly BoardStep[]) => Promise<Handshake>): Promise<HandshakeCost> {
  const done: BoardOutcome[] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const handshake = await run(MEASURING_STEPS);
    if (completed(handshake)) done.push(handshake.board);
  }
  const held = (heap: 0 | 1) =>
    middleOf(
      done.flatMap(({ steps }) => {
        const [open, closed] = ['open', 'closed'].map((name) => steps.find(({ step }) => step === name)?.value);
        const bytes =
          Number((open as number[] | null)?.[heap] ?? NaN) - Number((closed as number[] | null)?.[heap] ?? NaN);
        return Number.isNaN(bytes) ? [] : [bytes];
      }),
    );
  return { ms: middleOf(done.map(({ wrapMs }) => wrapMs)), heapBytes: held(0), idfHeapBytes: held(1) };
}

/**
 * Reads so many bytes through a small buffer and gives their number: what the board's TLS takes, not whether Python's heap
 * has one piece of that size.
 */
export function readingSteps(size: number): readonly BoardStep[] {
  const source = `
n = 0
b = bytearray(512)
while n < ${size}:
    k = wrapped.readinto(b)
    if not k:
        break
    n += k
result = n
`;
  return [{ do: 'python', name: 'read', source }, { do: 'close' }];
}

/** Null where nothing was measured. */
function middleOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
