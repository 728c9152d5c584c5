import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { acquireSession, parseBoard } from '@wirewrap/boards';
import { createPki } from '@wirewrap/certgen';
import { BoardNetwork, createBoardEndpoint, createTlsLab, setClock } from '@wirewrap/tls-lab';
import { expect, test } from 'vitest';
import { installLevel, probeCapabilities, readLevel } from '../src/index.ts';

const cacheFolder = fileURLToPath(new URL('../../../certs', import.meta.url));

/** Modules of the firmware that a file of the user's may be called like; not ssl and tls, which are what is tested. */
const NAMES =
  'array binascii builtins collections deflate errno gc hashlib io json machine micropython os platform random re select socket struct sys time vfs zlib esp32 ubinascii uerrno uhashlib uio ujson uos uselect usocket ustruct utime'.split(
    ' ',
  );
const HOSTILE = "raise ValueError('not the module of the firmware')\n";
/** A file that can be imported and has nothing of the module. */
const EMPTY = 'mine = 1\n';

/** On a real board `os` may not be loaded yet; the virtual board's own programs have loaded it. */
const UNLOAD = 'import sys\nsys.modules.clear()';

test.for([
  { what: 'raise', text: HOSTILE },
  { what: 'are empty', text: EMPTY },
])("files called as modules of the firmware that $what stand in nobody's way", async ({ text }) => {
  const session = await acquireSession(parseBoard('virtual'));
  try {
    const { board } = session;
    await board.files.sync('/', Object.fromEntries(NAMES.map((name) => [`${name}.py`, text])));
    await board.reset();
    await board.exec(UNLOAD);
    const bytes = randomBytes(3_000);
    await board.files.write('/x.bin', bytes);
    expect(Buffer.from(await board.files.read('/x.bin')).equals(bytes)).toBe(true);
    expect(await board.files.stat('/x.bin')).toMatchObject({ size: 3_000 });
    await board.files.mkdir('/d');
    await board.files.rename('/x.bin', '/d/y.bin');
    expect(await board.files.list('/d')).toHaveLength(1);
    await board.files.remove('/d/y.bin');
    await board.files.sync('/d', { 'a.py': 'a = 1' });
    await board.reset();
    await board.files.upload('blob', bytes);
    expect(await board.exec(`n = len(blob)\n${'n += 1\n'.repeat(1_000)}print(n)`)).toBe('4000\n');
    expect((await board.identity()).hidingFiles).toEqual(
      expect.arrayContaining(['/socket.py', '/time.py', '/errno.py']),
    );
    const can = await probeCapabilities(board);
    expect(can).toMatchObject({ module: 'ssl', clockSet: true });
    expect(can.keywords).toContain('cert_reqs');
    await setClock(board, new Date());
    await installLevel(board);
    expect(await readLevel(board)).toMatchObject({ collected: expect.any(Number) });
    expect(await createBoardEndpoint(board, new BoardNetwork({})).footprint()).toMatchObject({
      bare: { native: null },
    });

    const pki = createPki({ cacheFolder });
    await using lab = createTlsLab({ board, network: new BoardNetwork({}), pki });
    const poll = { do: 'poll', events: 'out', timeoutMs: 1000 } as const;
    const long = { do: 'read', size: 5000 } as const;
    const steps = [poll, { do: 'write', bytes: new Uint8Array(5000).fill(65) }, long, { do: 'close' }] as const;
    const client = await lab.connect({}, { steps });
    expect(client.board).toMatchObject({ completed: true, error: null });
    expect(client.board.steps[0]?.value).toBe(4);
    const server = await lab.serve();
    expect(server.board).toMatchObject({ completed: true, error: null });
    // The name of an errno comes from the firmware's own table.
    const refused = await lab.connect({ faults: ['rst-before-hello'] }, {});
    expect(refused.board.error).toMatchObject({ errnoName: 'ECONNRESET' });
  } finally {
    await session.release();
  }
});
