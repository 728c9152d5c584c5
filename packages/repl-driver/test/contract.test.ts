/** The contract on every engine that needs no board. */
import { contractSuite } from '../contract/contract-suite.ts';
import { virtualBoardEngine } from '../contract/engines/board-engine.ts';
import { pyexecEngine } from '../contract/engines/pyexec-engine.ts';
import { webAssemblyEngine } from '../contract/engines/webassembly-engine.ts';

for (const engine of [
  virtualBoardEngine(),
  virtualBoardEngine({ slowness: 10, flashMs: 2 }),
  webAssemblyEngine,
  pyexecEngine,
]) {
  contractSuite(engine);
}
