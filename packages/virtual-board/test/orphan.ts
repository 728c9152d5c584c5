// Run as a process of its own by orphan.test.ts: starts a board whose program never reads, then waits to be killed.
import { startVirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

const board = await startVirtualBoard();
const port = await SerialConsole.open(board.path);
await port.enterRaw();
port.send('while True:\n pass\x04');
await port.until('OK');
process.stdout.write(`${board.pid}\n`);
