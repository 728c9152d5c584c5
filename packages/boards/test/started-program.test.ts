import { expect, test } from 'vitest';
import { startProgram } from '../src/process/started-program.ts';

test('a program whose child has left its process group, with its output, does not hold up the end', async () => {
  const program = startProgram('/bin/sh', ['-c', "setsid sh -c 'echo $$; exec sleep 600' & exit 0"]);
  await expect.poll(() => program.lastOutput()).toMatch(/^\d+$/);
  await program.stop();
  await expect(program.ended).resolves.toBe('exit code 0');
  process.kill(Number(program.lastOutput()), 'SIGKILL');
});
