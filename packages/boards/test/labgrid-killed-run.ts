import { setTimeout as sleep } from 'node:timers/promises';
import { parseBoard, prepareBoard } from '../src/index.ts';

// A run that takes a place and is killed some time later: `node labgrid-killed-run.ts URL`.
const [url = ''] = process.argv.slice(2);
process.stdout.write('begun\n');
await using prepared = await prepareBoard(parseBoard(url), { lease: { purpose: 'a run that is killed', wait: true } });
process.stdout.write(`held ${prepared.settings.label}\n`);
await sleep(600_000);
