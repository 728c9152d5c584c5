import { randomBytes } from 'node:crypto';
import { openBoard } from '../src/index.ts';

/** Starts an upload, says so, and goes on until it is killed. */
const board = await openBoard(process.argv[2] ?? '');
let told = false;
await board.files.write('/kept.bin', randomBytes(100_000), {
  onProgress(done) {
    if (done < 8_000 || told) return;
    told = true;
    process.send?.('under way');
  },
});
