import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment } from './wirewrap.ts';

const command = fileURLToPath(new URL('../bin/wirewrap.mjs', import.meta.url));

/** Runs a line of bash in which `$W` is the command. */
function bash(line: string) {
  const env = cleanEnvironment({ W: `${process.execPath} ${command}` });
  return execa('bash', ['-c', line], { env, extendEnv: false, reject: false, stdin: 'ignore', timeout: 60_000 });
}

describe('an output that goes away', () => {
  test('ends the command at once and without a word, as it does with any other program', async () => {
    const { stdout, stderr } = await bash('set -o pipefail; $W doctor --board=virtual | head -1; echo "$?"');
    expect(stdout).toMatch(/^skipped\s+port .*\n141$/);
    expect(stderr).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))('is one sentence where the device is full (needs /dev/full)', async () => {
    const { exitCode, stderr } = await bash('$W certs --list > /dev/full');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'wirewrap: The output cannot be written (ENOSPC).',
    });
  });
});
