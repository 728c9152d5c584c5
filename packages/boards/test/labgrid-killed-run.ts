import { setTimeout as sleep } from 'node:timers/promises';
import { parseBoard, prepareBoard } from '../src/index.ts';

// A run that takes a place and is killed some time later: `node labgrid-killed-run.ts URL [HOLD_MS]`. With HOLD_MS it gives
// the place back itself after that time, and ends.
const [url = '', holdMs = '600000'] = process.argv.slice(2);
process.stdout.write('begun\n');
{
  await using prepared = await prepareBoard(parseBoard(url), {
    lease: { purpose: 'a run that is killed', wait: true },
  });
  process.stdout.write(`held ${prepared.settings.label}\n`);
  await sleep(Number(holdMs));
  process.stdout.write('releasing\n');
}
process.stdout.write('released\n');
