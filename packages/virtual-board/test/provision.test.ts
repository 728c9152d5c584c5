import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { provisionMicroPython } from '../src/index.ts';

let folder: string;
/** A MicroPython that this machine has for the other tests. */
const engine = await provisionMicroPython().catch(() => undefined);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-provision-'));
  await mkdir(join(folder, 'bin'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('WIREWRAP_MICROPYTHON', undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test.for([
  ['/no/such/micropython', 'which does not exist'],
  ['/bin/true', 'which is not MicroPython'],
  ['/tmp', 'which could not be run (EACCES)'],
] as const)('WIREWRAP_MICROPYTHON=%s is refused in one sentence', async ([executable, reason]) => {
  vi.stubEnv('WIREWRAP_MICROPYTHON', executable);
  const error = await provisionMicroPython().catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'NO_MICROPYTHON', message: expect.stringContaining(reason) });
  expect(String(error)).not.toContain('\n');
});

test('a cache that cannot be made is one sentence', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const [home, code] of [
    [file, 'ENOTDIR'],
    ['/proc/wirewrap', 'ENOENT'],
  ] as const) {
    vi.stubEnv('XDG_CACHE_HOME', home);
    await expect(provisionMicroPython()).rejects.toMatchObject({
      code: 'PROVISION_FAILED',
      message: `The cache ${home}/wirewrap/micropython cannot be written (${code}); name a folder that can be written in XDG_CACHE_HOME, by its absolute path.`,
    });
  }
});

test('without cache, PATH and apt: one sentence with the remedy, and nothing half left behind', async () => {
  const error = await provisionMicroPython().catch((error: unknown) => error);
  expect(error).toMatchObject({ message: expect.stringContaining('WIREWRAP_MICROPYTHON') });
  expect(String(error)).not.toContain('\n');
  await expect(provisionMicroPython()).rejects.toThrow();
});

test.skipIf(!engine)('a micropython on PATH is taken (skipped where there is no MicroPython at all)', async () => {
  await symlink(engine?.executable ?? '', join(folder, 'bin', 'micropython'));
  vi.stubEnv('PATH', `${join(folder, 'bin')}:/usr/bin:/bin`);
  expect(await provisionMicroPython()).toMatchObject({ source: 'PATH', version: engine?.version });
});

test.skipIf(!engine)(
  'a cached package needs neither network nor apt (skipped where there is no MicroPython)',
  async () => {
    const cached = join(folder, 'cache', 'wirewrap', 'micropython', `debian-trixie-${process.arch}`);
    await mkdir(cached, { recursive: true });
    await symlink(engine?.executable ?? '', join(cached, 'micropython'));
    await writeFile(join(cached, 'source'), 'debian trixie');
    vi.stubEnv('PATH', `${join(folder, 'bin')}`);
    const found = await provisionMicroPython({ suite: 'trixie' }).catch((error: unknown) => error);
    // The launcher is a shell script that needs readlink; with an empty PATH only the place is checked.
    expect(JSON.stringify(found) + String(found)).toContain(cached);
  },
);
