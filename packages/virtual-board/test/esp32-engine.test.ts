import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { provisionMicroPython, startVirtualBoard } from '../src/index.ts';
import { cacheFolder } from '../src/provision/cache-folder.ts';
import { SerialConsole } from './serial-console.ts';

/** Building takes minutes on a busy machine: `provisionMicroPython({ engine: 'esp32' })` has to have done it before. */
const isBuilt = (await readdir(cacheFolder('esp32-engine')).catch(() => [])).some((name) => name.startsWith('forky-'));

describe.skipIf(!isBuilt)('the engine with the options of an ESP32 (skipped where it was not built)', () => {
  test('names what it was built from, and is named as ours', async () => {
    const engine = await provisionMicroPython({ engine: 'esp32' });
    expect(engine).toMatchObject({ source: expect.stringMatching(/^debian micropython 1\.\d+/), engine: 'esp32' });
    expect(engine.tls.loaded).toBe(engine.tls.compiled);
    expect(engine.tls.package).toMatch(new RegExp(`^mbedtls ${engine.tls.loaded}-`));
    await using board = await startVirtualBoard({ engine: 'esp32' });
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    const info = await port.run(
      'import json, wirewrap_virtual as w\nprint(json.dumps([w.info["engine"], w.info["ours"], w.info["tls"]]))',
    );
    expect(JSON.parse(info)).toEqual([
      'MicroPython unix port, built with the options of an ESP32',
      expect.arrayContaining(['the build', 'errno', 'machine.RTC']),
      engine.tls,
    ]);
  });

  test.for([
    ['58 cipher suites', 'import tls\nprint(len(tls.SSLContext(0).get_ciphers()))', '58\n'],
    ['no TLS 1.3', "import tls\nprint([c for c in tls.SSLContext(0).get_ciphers() if 'TLS1-3' in c])", '[]\n'],
    [
      "newlib's numbers",
      'import errno\nprint(errno.ETIMEDOUT, errno.EINPROGRESS, errno.ECONNREFUSED)',
      '116 119 111\n',
    ],
    [
      'such a number from a socket',
      'import socket\ntry: socket.socket().recv(1)\nexcept OSError as e: print(e.errno)',
      '128\n',
    ],
    [
      'a name for an error of mbedTLS',
      'import socket, tls\nc = tls.SSLContext(0)\ntry: c.set_ciphers([])\nexcept OSError as e: print(e)',
      "(-24192, 'MBEDTLS_ERR_SSL_BAD_CONFIG')\n",
    ],
    [
      'a clock that can be set, and goes on',
      'import machine, time\nr = machine.RTC()\nr.datetime((2000, 1, 2, 6, 3, 4, 5, 0))\nprint(r.datetime()[:6], time.localtime()[:5], time.gmtime()[6])',
      '(2000, 1, 2, 6, 3, 4) (2000, 1, 2, 3, 4) 6\n',
    ],
    [
      'no door to the clock of this machine',
      'try:\n import _wirewrap_clock\nexcept ImportError: print("none")',
      'none\n',
    ],
  ] as const)('%s', async ([, program, output]) => {
    await using board = await startVirtualBoard({ engine: 'esp32' });
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    expect(await port.run(program)).toBe(output);
  });

  test('its TLS library runs out of memory as asked (skipped where it was not built)', async () => {
    await using board = await startVirtualBoard({ engine: 'esp32', failingAllocations: { from: 1 } });
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    const { error } = await port.exec(
      'import socket, tls\ntls.SSLContext(0).wrap_socket(socket.socket(), server_hostname="h", do_handshake_on_connect=False)',
    );
    expect(error).toMatch(/OSError: (?:\[Errno 12\] ENOMEM|12|52|\(-\d+, 'MBEDTLS_ERR_\w*ALLOC_FAILED'\))/);
  });
});

describe('where the engine cannot be built', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirewrap-esp32-'));
    await mkdir(join(folder, 'bin'));
    vi.stubEnv('PATH', join(folder, 'bin'));
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
    vi.stubEnv('CC', undefined);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  async function refusal(): Promise<unknown> {
    return await provisionMicroPython({ engine: 'esp32' }).catch((error: unknown) => error);
  }

  async function leftovers(): Promise<readonly string[]> {
    return await readdir(join(folder, 'cache/wirewrap/esp32-engine'));
  }

  test('without tools: one sentence that names them, and nothing half left behind', async () => {
    const error = await refusal();
    expect(error).toMatchObject({ code: 'NO_COMPILER' });
    expect(String(error)).toMatch(/lacks a C compiler, make, python3, pkg-config.*apt install build-essential/);
    expect(String(error)).not.toContain('\n');
    expect(await leftovers()).toEqual([]);
  });

  test('without the source packages: one sentence, and nothing half left behind', async () => {
    for (const tool of ['cc', 'make', 'python3', 'pkg-config', 'tar', 'xz', 'bzip2']) {
      await symlink('/bin/true', join(folder, 'bin', tool));
    }
    // An apt that knows this distribution's mirror and reaches none.
    const apt = join(folder, 'bin', 'apt-get');
    await writeFile(
      apt,
      '#!/bin/sh\ncase "$*" in indextargets*) echo "http://127.0.0.1:1/debian/|bookworm|main";; *) echo "E: Failed to fetch" >&2; exit 100;; esac\n',
    );
    await chmod(apt, 0o755);
    const error = await refusal();
    expect(error).toMatchObject({ code: expect.stringMatching(/^(?:PROVISION_FAILED|NO_MICROPYTHON)$/) });
    expect(String(error)).not.toContain('\n');
    expect(await leftovers()).toEqual([]);
  });
});
