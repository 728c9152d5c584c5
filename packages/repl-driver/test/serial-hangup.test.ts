import { spawn } from 'node:child_process';
import { pbkdf2 } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openTransport } from '../src/index.ts';

/** The other end of a terminal: says one byte for a line of its input, and hangs up when that ends. */
const OTHER_END = `
import os, pty, sys, tty
master, slave = pty.openpty()
tty.setraw(slave)
print(os.ttyname(slave), flush=True)
sys.stdin.readline()
os.write(master, b'x')
print('said', flush=True)
sys.stdin.read()
`;

const derive = promisify(pbkdf2);

/** Node's threads, four by default, have other work for half a second and more: a read of a file waits for it. */
function occupyThreads(): Promise<unknown> {
  return Promise.all(Array.from({ length: 8 }, () => derive('password', 'salt', 600_000, 64, 'sha512')));
}

test('a terminal that hangs up while a read of it is on its way is lost', async () => {
  const child = spawn('python3', ['-c', OTHER_END]);
  const [path] = await once(child.stdout, 'data');
  await using transport = await openTransport(String(path).trim());
  const occupied = occupyThreads();
  child.stdin.write('say it\n');
  await once(child.stdout, 'data');
  // The poller has told of the byte, and its read waits for a thread.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  child.stdin.end();
  await once(child, 'exit');
  await occupied;
  expect(await transport.closed).toMatchObject({ kind: 'device-lost' });
});
