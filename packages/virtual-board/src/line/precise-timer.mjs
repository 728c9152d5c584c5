// Rings when the wait that shared memory holds is over. Atomics.wait ends within tens of microseconds of its time; the
// timers of an event loop know whole milliseconds only.
import { parentPort, workerData } from 'node:worker_threads';

const { generation, waitMs } = workerData;
for (;;) {
  const current = Atomics.load(generation, 0);
  if (Atomics.wait(generation, 0, current, waitMs[0]) !== 'timed-out') continue;
  parentPort.postMessage(current);
  Atomics.wait(generation, 0, current);
}
