import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { provisionMicroPython, startVirtualBoard } from '../src/index.ts';
import { SerialConsole } from './serial-console.ts';

const engine = await provisionMicroPython().catch(() => undefined);

test.skipIf(!engine?.source.startsWith('debian '))(
  'the TLS library is the one that the process loads, by its own word (skipped where the engine is no Debian package)',
  async () => {
    const root = join(dirname(engine?.executable ?? ''), 'root');
    const files = await readdir(root, { recursive: true, withFileTypes: true });
    const library = files.find(({ name }) => /^libmbedcrypto\.so\.\d+\.\d+\.\d+$/.test(name));
    const loaded = library?.name.split('.so.')[1];
    expect(engine?.tls).toEqual({
      compiled: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      loaded,
      package: expect.stringMatching(new RegExp(`^mbedtls ${loaded}-`)),
    });
  },
);

test.skipIf(!engine)('the board names the library that ran, beside the one that it was compiled with', async () => {
  await using board = await startVirtualBoard({ micropython: engine?.executable });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  const info = await port.run(
    'import json, tls, wirewrap_virtual\nprint(json.dumps([wirewrap_virtual.info["tls"], wirewrap_virtual.info["mbedtls"], tls.MBEDTLS_VERSION]))',
  );
  expect(JSON.parse(info)).toEqual([engine?.tls, engine?.tls.loaded, `Mbed TLS ${engine?.tls.compiled}`]);
});
