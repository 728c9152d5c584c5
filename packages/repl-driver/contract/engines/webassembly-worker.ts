import { parentPort, workerData } from 'node:worker_threads';
import { loadMicroPython } from '@micropython/micropython-webassembly-pyscript';
import { HEADER_BYTES, RING_BYTES } from './webassembly-ring.ts';

interface MicroPythonModule {
  _mp_hal_get_interrupt_char(): number;
  _mp_sched_keyboard_interrupt(): void;
}

const header = new Int32Array(workerData as SharedArrayBuffer, 0, 2);
const ring = new Uint8Array(workerData as SharedArrayBuffer, HEADER_BYTES);
const CTRL_C = 3;

function waiting(): number {
  return Atomics.load(header, 0) - Atomics.load(header, 1);
}

/** The next byte of the host's; blocks this thread until there is one, as a UART does. */
function readByte(): number {
  const read = Atomics.load(header, 1);
  while (waiting() === 0) Atomics.wait(header, 0, read);
  Atomics.store(header, 1, read + 1);
  return ring[read % RING_BYTES] as number;
}

let output: number[] = [];
function flush(): void {
  if (output.length === 0) return;
  parentPort?.postMessage(Uint8Array.from(output));
  output = [];
}

/** What the UART's interrupt does on a board: here it can only run when the program prints. */
function interrupt(module: MicroPythonModule): void {
  const read = Atomics.load(header, 1);
  if (waiting() === 0 || ring[read % RING_BYTES] !== CTRL_C || module._mp_hal_get_interrupt_char() !== CTRL_C) return;
  Atomics.store(header, 1, read + 1);
  module._mp_sched_keyboard_interrupt();
}

let module: MicroPythonModule | undefined;
let oneRead = false;
const micropython = await loadMicroPython({
  linebuffer: false,
  stdout: (bytes: Uint8Array) => {
    output.push(...bytes);
    // Line by line: a program in a loop has to be heard.
    if (bytes.includes(10)) flush();
    if (module) interrupt(module);
  },
  // One byte a read: the C library would otherwise wait for its buffer to be full.
  stdin: () => {
    oneRead = !oneRead;
    if (!oneRead) return null;
    flush();
    return readByte();
  },
});
module = micropython._module;
micropython.replInit();
parentPort?.postMessage(new Uint8Array());
flush();
for (;;) {
  micropython.replProcessChar(readByte());
  flush();
}
