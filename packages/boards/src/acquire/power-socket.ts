import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BoardsError } from '../errors.ts';

/** Lets other processes of this user switch a board off and on that this process started. */
export interface PowerSocket extends AsyncDisposable {
  readonly path: string;
}

export async function servePower(powerCycle: () => Promise<void>): Promise<PowerSocket> {
  // In a folder that only this user can enter.
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-power-'));
  const path = join(folder, 'power');
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
    socket.on('error', () => socket.destroy());
    powerCycle().then(
      () => socket.end('done'),
      (error: unknown) => socket.end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(path, listening));
  return {
    path,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Who waits for a power cycle that hangs learns that this process is gone.
      for (const socket of waiting) socket.destroy();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Switches the board off and on; resolves when the process that started it has done so. */
export async function cyclePower(path: string): Promise<void> {
  const answer = await text(connect(path));
  if (answer !== 'done') {
    const reason = answer || 'the process that started it is gone';
    throw new BoardsError('HOST', `The board cannot be switched off and on: ${reason}.`);
  }
}
