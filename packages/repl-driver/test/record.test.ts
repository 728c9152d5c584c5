import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { type Board, openBoard } from '../src/index.ts';
import { readSession } from '../src/record/session-file.ts';
import { withResetLine } from './helpers.ts';
import { startBridge } from './tcp-bridge.ts';

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'wirewrap-record-')), 'session.jsonl');
}

/** What one side said in a recorded session. */
function said(path: string, dir: 'host' | 'board'): string {
  const bytes = readSession(path).map((entry) => ('dir' in entry && entry.dir === dir ? entry.hex : ''));
  return Buffer.from(bytes.join(''), 'hex').toString('utf8');
}

async function cutInTheMiddle(board: Board, cut: () => void): Promise<unknown> {
  const running = await board.stream("import time\nprint('begun')\ntime.sleep(60)");
  await running.waitFor('begun');
  cut();
  return await running.finished.catch(({ code }: { code: string }) => code);
}

test('a connection that broke and the one after it are one record, and are played as two', async () => {
  const record = newFile();
  await using virtual = await startVirtualBoard({});
  await using bridge = await startBridge(virtual.path);
  const talk = async (board: Board, cut: () => void) => [
    await board.evaluate("'before'"),
    await cutInTheMiddle(board, cut),
    await board.evaluate("'after'"),
  ];
  const board = await openBoard(bridge.url, { record });
  const heard = await talk(board, () => bridge.cut('reset'));
  await board.close();
  expect(heard).toEqual(['before', 'TRANSPORT_CLOSED', 'after']);
  expect(said(record, 'host')).toMatch(/before.*after/s);
  await using replayed = await openBoard(`replay:${record}`);
  await expect(talk(replayed, () => {})).resolves.toEqual(heard);
});

test('a run reset is recorded with its modem lines, and played', async () => {
  const record = newFile();
  await using virtual = await startVirtualBoard({});
  const talk = async (board: Board) => [
    await board.exec('gone = 1'),
    (await board.reset('run')).includes('rst:0x'),
    await board.evaluate("'gone' in globals()"),
  ];
  const board = await openBoard(virtual.path, { record, open: withResetLine(virtual) });
  const heard = await talk(board);
  await board.close();
  expect(heard).toEqual(['', true, false]);
  expect(readSession(record)).toEqual(expect.arrayContaining([expect.objectContaining({ dtr: false, rts: true })]));
  await using replayed = await openBoard(`replay:${record}`);
  await expect(talk(replayed)).resolves.toEqual(heard);
});

test('a secret stands nowhere in a record, in whatever pieces it passed, and the record is played with it', async () => {
  const record = newFile();
  const secrets = ['hunter2-hunter2', 'pä\\ss"w'];
  await using virtual = await startVirtualBoard({});
  const talk = async (board: Board) => [
    await board.exec(`x = '''${'hunter2-hunter2 '.repeat(60)}'''\nprint(len(x))`),
    await board.call('len', [secrets[1]]),
  ];
  const board = await openBoard(virtual.path, { record, secrets });
  const heard = await talk(board);
  await board.close();
  expect(heard).toEqual(['960\n', 7]);
  expect(said(record, 'host')).not.toMatch(/hunter|ss\\*"w/);
  await using replayed = await openBoard(`replay:${record}`, { secrets });
  await expect(talk(replayed)).resolves.toEqual(heard);
});

test('a host that is killed leaves all that was said, in whole lines, for its owner alone', async () => {
  const record = newFile();
  await using virtual = await startVirtualBoard({});
  const host = spawn(process.execPath, [
    fileURLToPath(new URL('killed-recording.ts', import.meta.url)),
    virtual.path,
    record,
  ]);
  await once(host.stdout, 'data');
  host.kill('SIGKILL');
  await once(host, 'close');
  expect(statSync(record).mode & 0o777).toBe(0o600);
  expect(said(record, 'board')).toContain('told to the killed one');
  await using replayed = await openBoard(`replay:${record}`);
  await expect(replayed.exec("print('told to the killed one')")).resolves.toBe('told to the killed one\n');
  await expect(replayed.exec('print(2)')).rejects.toMatchObject({
    code: 'TRANSPORT_CLOSED',
    message: expect.stringMatching(/recorded session .*ends here/),
  });
});

test('a host that differs is told what differs: by the call, the next ones, a file and the opening', async () => {
  const record = newFile();
  await using virtual = await startVirtualBoard({});
  await using recorded = await openBoard(virtual.path, { record });
  await recorded.exec('print(1)');
  await recorded.files.write('/a', 'hello');
  await recorded.close();
  const differs = {
    code: 'PROTOCOL',
    message: expect.stringMatching(/^The host sent .* where the recorded session has .*\.$/),
  };
  await using other = await openBoard(`replay:${record}`);
  await expect(other.exec('print(2)')).rejects.toMatchObject(differs);
  await expect(other.exec('print(1)')).rejects.toMatchObject(differs);
  await using file = await openBoard(`replay:${record}`);
  await file.exec('print(1)');
  await expect(file.files.write('/a', 'hellp')).rejects.toMatchObject(differs);
  const firmware = fileURLToPath(new URL('../../../fixtures/sessions/esp32-1.26.1.jsonl', import.meta.url));
  await expect(openBoard(`replay:${firmware}`)).rejects.toMatchObject(differs);
});

describe('a file that cannot be written is told before the board is touched', () => {
  test.for(['no/such/folder/file', '.'])('%s', async (name) => {
    const record = join(newFile(), '..', name);
    await using virtual = await startVirtualBoard({});
    await expect(openBoard(virtual.path, { record })).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringMatching(/^Cannot write the session's record .* \(\w+\); name a file in a folder .*\.$/),
    });
    await using board = await openBoard(virtual.path);
    await expect(board.evaluate('1')).resolves.toBe(1);
  });

  test('a disk that is full', async () => {
    await using virtual = await startVirtualBoard({});
    await expect(openBoard(virtual.path, { record: '/dev/full' })).rejects.toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringContaining('ENOSPC'),
    });
  });
});

test('a board that does not open leaves an earlier record as it was, and no new one', async () => {
  const [earlier, fresh] = [newFile(), newFile()];
  writeFileSync(earlier, '{"ms":0,"note":"earlier"}\n');
  for (const record of [earlier, fresh]) {
    await expect(openBoard('tcp://127.0.0.1:1', { record })).rejects.toMatchObject({ code: 'NO_SUCH_PORT' });
  }
  expect(readFileSync(earlier, 'utf8')).toContain('earlier');
  expect(() => statSync(fresh)).toThrow(/ENOENT/);
});

describe('a record that is no session', () => {
  test.for([
    ['empty', '', 'BAD_VALUE', /holds no bytes/],
    ['notes alone', '{"ms":0,"note":"x"}', 'BAD_VALUE', /holds no bytes/],
    ['cut off in a line', '{"ms":0,"dir":"host","hex":"0d03"}\n{"ms":1,"dir":"bo', 'BAD_VALUE', /^Line 2 of /],
    ['no text', '\x00\xff', 'BAD_VALUE', /^Line 1 of /],
  ] as const)('%s', async ([, text, code, message]) => {
    const path = newFile();
    writeFileSync(path, text);
    await expect(openBoard(`replay:${path}`)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('a folder', async () => {
    const path = newFile();
    mkdirSync(path);
    await expect(openBoard(`replay:${path}`)).rejects.toMatchObject({ code: 'NO_SUCH_PORT' });
  });
});
