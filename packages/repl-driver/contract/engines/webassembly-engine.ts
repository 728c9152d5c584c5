import { Worker } from 'node:worker_threads';
import type { ReplEngine, ReplEngineSource } from './repl-engine.ts';
import { HEADER_BYTES, RING_BYTES } from './webassembly-ring.ts';

/** MicroPython's own pyexec.c, compiled to WebAssembly; its standard input blocks in a worker. */
export const webAssemblyEngine: ReplEngineSource = {
  name: 'webassembly: pyexec.c itself',
  quietMs: 12,
  start: startWebAssembly,
};

async function startWebAssembly(): Promise<ReplEngine> {
  const shared = new SharedArrayBuffer(HEADER_BYTES + RING_BYTES);
  const header = new Int32Array(shared, 0, 2);
  const ring = new Uint8Array(shared, HEADER_BYTES);
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const worker = new Worker(new URL('./webassembly-worker.ts', import.meta.url), { workerData: shared });
  worker.on('message', (bytes: Uint8Array) => {
    for (const listener of listeners) listener(bytes);
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => resolve());
  });
  return {
    can: {
      interrupt: true,
      rawPaste: false,
      crlf: false,
      reset: false,
      stdin: false,
      binaryOutput: false,
      constantsDropped: false,
    },
    async write(bytes) {
      for (const byte of bytes) {
        const written = Atomics.load(header, 0);
        ring[written % RING_BYTES] = byte;
        Atomics.store(header, 0, written + 1);
      }
      Atomics.notify(header, 0);
    },
    onData: (listener) => {
      listeners.push(listener);
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
