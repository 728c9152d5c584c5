import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = new URL('../../../', import.meta.url).pathname;
const KIB_64 = 64 * 1024;
const FILE_BYTES = 4 * 1024;
const FILES = 50;
/** Where each exchange waits longer than this, fewer round trips tell the same. */
const SLOW_LATENCY_MS = 10;

/** Python that somebody wrote: the interpreter's own library, else what this repository holds. */
function pythonSource(bytes: number): Buffer {
  const folders = [
    '/usr/lib/python3/dist-packages',
    '/usr/lib/python3.11',
    '/usr/lib/python3.13',
    join(REPOSITORY, 'packages'),
  ];
  const pieces: Buffer[] = [];
  let size = 0;
  for (const folder of folders) {
    for (const path of pythonFiles(folder)) {
      if (size >= bytes) return Buffer.concat(pieces).subarray(0, bytes);
      const piece = readFileSync(path);
      pieces.push(piece);
      size += piece.length;
    }
  }
  throw new Error(`This machine holds no ${bytes / 1024} KiB of Python source to measure with; install python3.`);
}

function pythonFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder)
      .sort()
      .filter((name) => name !== 'node_modules');
    return names.flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return pythonFiles(path);
      return name.endsWith('.py') && statSync(path).size > 2048 ? [path] : [];
    });
  } catch {
    return [];
  }
}

export interface BenchFile {
  readonly path: string;
  readonly bytes: Buffer;
}

export type TransferCase =
  | { readonly name: string; readonly kind: 'upload'; readonly files: readonly BenchFile[] }
  | { readonly name: string; readonly kind: 'download'; readonly file: BenchFile };

export interface ExecCase {
  readonly name: string;
  readonly kind: 'exec';
  readonly code: string;
  readonly rounds: number;
}

export type BenchCase = TransferCase | ExecCase;

/** What is measured on a line of this latency, in order. */
export function benchCases(latencyMs: number): BenchCase[] {
  const python = pythonSource(KIB_64 + FILES * FILE_BYTES);
  const random = { path: '/random.bin', bytes: randomBytes(KIB_64) };
  const source = { path: '/source.py', bytes: python.subarray(0, KIB_64) };
  const many = Array.from({ length: FILES }, (_, index) => ({
    path: `/many/f${index}.py`,
    bytes: python.subarray(KIB_64 + index * FILE_BYTES).subarray(0, FILE_BYTES),
  }));
  return [
    { name: 'upload 64 KiB random', kind: 'upload', files: [random] },
    { name: `upload 64 KiB Python source`, kind: 'upload', files: [source] },
    { name: `download 64 KiB random`, kind: 'download', file: random },
    { name: `download 64 KiB Python source`, kind: 'download', file: source },
    { name: `upload 50 files of 4 KiB`, kind: 'upload', files: many },
    {
      name: 'upload a certificate of 815 bytes',
      kind: 'upload',
      files: [{ path: '/cert.der', bytes: randomBytes(815) }],
    },
    { name: 'exec round trip', kind: 'exec', code: 'print(1)', rounds: latencyMs >= SLOW_LATENCY_MS ? 200 : 1_000 },
  ];
}
