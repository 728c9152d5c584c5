import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { derOf } from '@wirewrap/certgen';
import type { BoardRun, BoardStep, WrapArguments } from '@wirewrap/tls-lab';
import type { ShimTask } from './shim-task.ts';

const PROGRAM = readFileSync(new URL('./shim-program.py', import.meta.url), 'utf8');

/** BoringSSL's shim writes these when it is to write first. */
const GREETING = 'hello';

/** Sizes of BoringSSL's shim: around a record's 16,384 bytes and its empty one. */
const MANY_SIZES = [0, 1, 255, 256, 257, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769];

/** What the board does for one case. `ms`: milliseconds until the board gives up on a peer that does not end. */
export async function shimRun(task: ShimTask, ms: number): Promise<BoardRun> {
  return {
    args: await wrapArguments(task),
    steps: stepsOf(task, ms),
    stopOnError: true,
    deadlineMs: ms + 5_000,
    ...(isDeferred(task) ? { timeout: 'non-blocking' as const } : {}),
  };
}

/** Where nothing is read or written, nothing would do a deferred handshake. */
function isDeferred(task: ShimTask): boolean {
  return task.deferred && !task.shutsDown;
}

async function wrapArguments(task: ShimTask): Promise<WrapArguments> {
  return {
    ...(task.server ? { server_side: true } : {}),
    ...(task.key === null ? {} : { key: await keyOf(task.key) }),
    ...(task.certificate === null ? {} : { cert: await certificatesOf(task.certificate) }),
    ...(task.serverName === null ? {} : { server_hostname: task.serverName }),
    // Its certificates expired in 2016: CERT_REQUIRED would refuse them all, CERT_OPTIONAL asks for one and takes it.
    ...(task.server && task.asksForCertificate ? { cert_reqs: { constant: 'CERT_OPTIONAL' } } : {}),
    ...(isDeferred(task) ? { do_handshake: false } : {}),
  };
}

function stepsOf(task: ShimTask, ms: number): BoardStep[] {
  if (task.writesManySizes) {
    const source = `for size in ${JSON.stringify(MANY_SIZES)}:\n    data = b'\\x42' * size\n    while data:\n        data = data[wrapped.write(data) or 0:]\n`;
    return [{ do: 'python', name: 'many sizes', source }, { do: 'close' }];
  }
  const greeting: BoardStep[] = task.writesFirst ? [{ do: 'write', bytes: GREETING }] : [];
  if (task.shutsDown) return [...greeting, { do: 'close' }];
  const names = `ms = ${ms}\nsize = ${task.readSize}\nfirst = b'${task.writesFirst ? GREETING : ''}'\n`;
  return [{ do: 'python', name: 'echo', source: names + PROGRAM }];
}

/** DER, which every firmware takes; a chain only goes as PEM. */
async function certificatesOf(path: string): Promise<Uint8Array> {
  const pem = await readFile(path, 'utf8');
  const count = pem.split('-----BEGIN CERTIFICATE-----').length - 1;
  return count > 1 ? Buffer.from(pem) : derOf(pem);
}

async function keyOf(path: string): Promise<Uint8Array> {
  return derOf(await readFile(path, 'utf8'));
}
