import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveBoards } from './board-target.ts';
import { findProblem } from './config-problem.ts';
import { readWifiFile } from './wifi.ts';

let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-config-'));
  env = { WIREWRAP_CONFIG: join(folder, 'wirewrap.config.ts') };
  await writeFile(
    join(folder, 'wirewrap.config.ts'),
    `const ssid: string = 'lab';
export default { boards: {
  desk: { url: '/dev/ttyUSB7', wifi: { ssid, password: 'secret' }, host: '10.0.0.1', address: '10.0.0.9:18443', port: 8443, tags: ['ci'] },
  qemu: { url: 'tcp://127.0.0.1:1', start: 'true', tags: ['ci', 'soft'] },
} };\n`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('resolveBoards', () => {
  test('without a word it is the only board that is plugged in, else the virtual one, and says so', async () => {
    const usb = { usb: '10c4:ea60', bridge: 'CP210x', serialNumber: null, byId: null };
    const found: string[] = [];
    const with_ = (...paths: string[]) => ({
      onFound: (reason: string) => found.push(reason),
      ports: async () => paths.map((path) => ({ ...usb, path })),
    });
    expect(await resolveBoards({}, {}, with_('/dev/ttyUSB3'))).toMatchObject([{ scheme: 'serial', label: 'ttyUSB3' }]);
    expect(await resolveBoards({}, {}, with_())).toMatchObject([{ scheme: 'virtual' }]);
    expect(found).toEqual([expect.stringContaining('/dev/ttyUSB3'), expect.stringContaining('the virtual board')]);
    await expect(resolveBoards({}, {}, with_('/dev/ttyUSB0', '/dev/ttyUSB1'))).rejects.toThrow(
      /choose one with --board/,
    );
    // A board that is named is not looked for.
    const unplugged = { ports: () => Promise.reject(new Error('looked for')) };
    expect(await resolveBoards({ board: ['virtual'] }, {}, unplugged)).toMatchObject([{ scheme: 'virtual' }]);
  });

  test('WIREWRAP_BOARD names the board', async () => {
    expect(await resolveBoards({}, { WIREWRAP_BOARD: '/dev/ttyUSB1' })).toMatchObject([{ label: 'ttyUSB1' }]);
  });

  test('a name of wirewrap.config.ts brings its settings along', async () => {
    const [board] = await resolveBoards({ board: ['desk'] }, env);
    expect(board).toMatchObject({ url: '/dev/ttyUSB7', label: 'desk' });
    expect(board?.network).toEqual({
      host: '10.0.0.1',
      boardAddress: { host: '10.0.0.9', port: 18443 },
      boardPort: 8443,
      wifi: { ssid: 'lab', password: 'secret' },
    });
  });

  test('flags win over the configuration', async () => {
    const [board] = await resolveBoards({ board: ['desk'], host: '10.0.0.2' }, env);
    expect(board?.network.host).toBe('10.0.0.2');
  });

  test('a tag picks every board that has it, each once', async () => {
    const boards = await resolveBoards({ board: ['tag:ci', 'qemu'] }, env);
    expect(boards.map(({ label }) => label)).toEqual(['desk', 'qemu']);
  });

  test.for([
    [
      'an unknown name',
      { board: ['dsk'] },
      /'dsk' is neither a board URL.*: did you mean desk\? Its boards are desk, qemu/,
    ],
    ['a name that is like no other', { board: ['attic'] }, /: its boards are desk, qemu\.$/],
    ['an unknown tag', { board: ['tag:none'] }, /no board.*tag 'none'/i],
    ['a bad port', { board: ['desk'], 'board-port': 'x' }, /--board-port=x/],
  ] as const)('%s is refused in one sentence', async ([, values, message]) => {
    await expect(resolveBoards(values, env)).rejects.toThrow(message);
  });

  test('a WIREWRAP_CONFIG that is not there is named', async () => {
    await expect(resolveBoards({}, { WIREWRAP_CONFIG: '/nowhere.ts' })).rejects.toThrow('there is no such file');
  });
});

test.for([
  [undefined, /`boards`/],
  [{ boards: { a: {} } }, /'a' has no `url`/],
  [{ boards: { a: { url: 'virtual', colour: 1 } } }, /^board 'a' has no field 'colour'; known are url, /],
  [{ boards: { a: { url: 'virtual', prot: 1 } } }, /^board 'a' has no field 'prot'; did you mean port\?/],
  [{ boards: { a: { url: 'virtual', port: '1' } } }, /^board 'a'\.port must be a port, a number from 1/],
  [{ boards: { a: { url: 'virtual', port: -1 } } }, /^board 'a'\.port must be a port, a number from 1/],
  [{ boards: { a: { url: 'virtual', tags: [1] } } }, /^board 'a'\.tags\[0\] must be a string, and is 1/],
  [{ boards: { a: { url: '' } } }, /'a' has no `url`/],
  [{ boards: { a: { url: 'virtual', wifi: { password: 'hunter2' } } } }, /^board 'a'\.wifi has no `ssid`/],
  [
    { boards: { a: { url: 'virtual', wifi: { ssid: 1, password: 'hunter2' } } } },
    /^board 'a'\.wifi\.ssid must be a string, and is 1/,
  ],
  [
    { boards: { a: { url: 'virtual', wifi: { ssid: 'lab', pass: 'hunter2' } } } },
    /^board 'a'\.wifi has no field 'pass'; did you mean password\?/,
  ],
  [
    { boards: { a: { url: 'virtual', wifi: { ssid: 'lab', password: 12345678 } } } },
    /^board 'a'\.wifi\.password must be a string$/,
  ],
  [{ boards: { a: 'virtual' } }, /'a' must be an object/],
] as const)('configuration %j', async ([config, problem]) => {
  expect(findProblem(config)).toMatch(problem);
  expect(findProblem(config)).not.toContain('hunter2');
});

describe('Wi-Fi', () => {
  test('the environment wins over everything', async () => {
    const [board] = await resolveBoards({ board: ['desk'] }, { ...env, WIREWRAP_WIFI_SSID: '' });
    expect(board?.network.wifi).toBeUndefined();
  });

  test('reads the git-ignored file', async () => {
    const path = join(folder, 'wifi.local.json');
    await writeFile(path, '{"ssid":"home","country":"DE"}');
    expect(await readWifiFile(path)).toEqual({ ssid: 'home', country: 'DE' });
  });

  test('a broken file is named without a word of what is in it', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"ssid": "home", "password": "hunter2');
    const error = await readWifiFile(path).catch((thrown: Error) => thrown);
    expect(String(error)).toContain('broken.json');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
  });
});
