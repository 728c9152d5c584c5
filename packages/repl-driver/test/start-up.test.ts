import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const index = new URL('../src/index.ts', import.meta.url).href;

/** What a fresh process prints that imports the package and then runs the source. */
async function after(source: string): Promise<unknown> {
  const program = `import { readFileSync } from 'node:fs';
const driver = await import(${JSON.stringify(index)});
${source}
console.log(JSON.stringify(/serialport|bindings-cpp/.test(readFileSync('/proc/self/maps', 'utf8'))));`;
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

test.skipIf(process.platform !== 'linux')(
  'serialport is loaded when a serial port is opened, and not before',
  async () => {
    await expect(after('')).resolves.toBe(false);
    await expect(after("await driver.openTransport('tcp://127.0.0.1:1').catch(() => {});")).resolves.toBe(false);
    await expect(after("await driver.openTransport('/dev/no-such-port').catch(() => {});")).resolves.toBe(true);
  },
);
