import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

let folder: string;
let sources: string;

/** Tests in the form of MicroPython's, whose own ones need Debian's mirror. */
const alone = {
  'ssl_good.py': 'import ssl\nprint(ssl.CERT_NONE)\n',
  'ssl_good.py.exp': '0\n',
  'ssl_bad.py': 'print("this")\n',
  'ssl_bad.py.exp': 'that\n',
  'ssl_none.py': 'print("SKIP")\nraise SystemExit\n',
  'ssl_none.py.exp': '',
  'ssl_unit.py':
    'import unittest\nclass Sums(unittest.TestCase):\n    def test_sum(self):\n        self.assertEqual(1 + 1, 2)\nif __name__ == "__main__":\n    unittest.main()\n',
  'ssl_unit.py.exp': '',
  'ssl_crash.py': 'import wirewrap_virtual, os\nprint("now")\nimport machine\nmachine.reset()\n',
  'ssl_crash.py.exp': 'now\n',
  'other.py': 'print("no test of TLS")\n',
};

const between = {
  'tls_talk.py': `
import socket
PORT = 8000
with open("greeting.der", "rb") as f:
    greeting = f.read()

def instance0():
    multitest.globals(IP=multitest.get_network_ip(), EXTRA=7)
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(socket.getaddrinfo("0.0.0.0", PORT)[0][-1])
    s.listen(1)
    multitest.next()
    s2, _ = s.accept()
    print(s2.read(5))
    multitest.wait("go on")
    s2.write(b"world")
    s2.close()
    s.close()

def instance1():
    multitest.next()
    s = socket.socket()
    s.connect(socket.getaddrinfo(IP, PORT)[0][-1])
    s.write(greeting)
    multitest.broadcast("go on")
    print(s.read(5), EXTRA)
    s.close()
`,
  'tls_talk.py.exp': "--- instance0 ---\nb'hello'\n--- instance1 ---\nb'world' 7\n",
  'greeting.der': 'hello',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-upstream-test-'));
  sources = join(folder, 'micropython');
  for (const [name, files] of Object.entries({ extmod: alone, multi_net: between })) {
    await mkdir(join(sources, 'tests', name), { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(sources, 'tests', name, file), text);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], env: Record<string, string> = {}) {
  return await wirewrap(['upstream-tests', '--board=virtual', ...args], env, process.cwd(), 240_000);
}

test('each test has its label, those between two boards in both roles', { timeout: 300_000 }, async () => {
  const out = join(folder, 'record.json');
  const { exitCode, stdout, stderr } = await run([`--sources=${sources}`, `--out=${out}`, '--json']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
  const { results, failures } = JSON.parse(stdout);
  expect(results).toEqual(JSON.parse(await readFile(out, 'utf8')).results);
  const labels = Object.fromEntries(results.map((each: { id: string; label: string }) => [each.id, each.label]));
  expect(labels).toEqual({
    'extmod/ssl_bad': 'unexplained',
    'extmod/ssl_crash': 'lost',
    'extmod/ssl_good': 'passed',
    'extmod/ssl_none': 'skipped',
    'extmod/ssl_unit': 'passed',
    'multi_net/tls_talk/client': 'passed',
    'multi_net/tls_talk/server': 'passed',
  });
  expect(failures).toContainEqual(
    expect.objectContaining({ id: 'extmod/ssl_bad', printed: ['this'], expectation: { lines: ['that'] } }),
  );
  // The same again is no difference.
  const again = await run([
    `--sources=${sources}`,
    '--case=multi_net/*',
    `--out=${out}`,
    `--baseline=${out}`,
    '--json',
  ]);
  expect(again.exitCode, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ changes: [], failures: [] });
});

test('--list names the tests and needs no board', async () => {
  const { exitCode, stdout } = await run([`--sources=${sources}`, '--list', '--case=*/server', '--case=*good']);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: 'module  extmod/ssl_good\nserver  multi_net/tls_talk/server',
  });
});

describe('one sentence, and nothing written, when', () => {
  const expectOneSentence = async (args: readonly string[], message: RegExp, env: Record<string, string> = {}) => {
    const out = join(folder, 'none.json');
    const { exitCode, stderr } = await run([`--out=${out}`, ...args], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^wirewrap: /);
    expect(await readdir(folder)).not.toContain('none.json');
  };

  test('the sources are none', () =>
    expectOneSentence([`--sources=${folder}`], /There is no tests\/extmod in .* \(ENOENT\): give a folder with/));

  test('there is no apt', async () => {
    const cache = join(folder, 'cache');
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const env = { PATH: bin, XDG_CACHE_HOME: cache };
    await expectOneSentence(
      ['--list'],
      /wirewrap: Debian's source package micropython \(trixie\) could not be fetched \(.*\): connect this machine/,
      env,
    );
  });

  test('no test has the name', () =>
    expectOneSentence([`--sources=${sources}`, '--case=nope'], /No test of MicroPython's is named nope; give a glob/));

  test('the second board is none', () =>
    expectOneSentence([`--sources=${sources}`, '--second-board=nope'], /'nope' is neither a board URL/));

  test('the baseline is none', () =>
    expectOneSentence([`--sources=${sources}`, `--baseline=${sources}`], /Cannot read the record .* \(EISDIR\)/));
});
