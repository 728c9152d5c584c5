import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShimResult } from './board-shim.ts';

/** A program that BoGo's runner can start, and what it needs in its environment. */
export interface ShimServer extends AsyncDisposable {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

const relay = fileURLToPath(new URL('./relay.mjs', import.meta.url));

/** Answers the relays, one case at a time, on a socket in a folder that only this user can read. */
export async function startShimServer(run: (flags: readonly string[]) => Promise<ShimResult>): Promise<ShimServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-bogo-'));
  const path = join(folder, 'socket');
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let line = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (text: string) => {
      line += text;
      if (!line.endsWith('\n')) return;
      run(JSON.parse(line)).then(
        ({ exitCode, stderr }) => socket.end(JSON.stringify({ exitCode, stderr })),
        (error: Error) => socket.end(JSON.stringify({ exitCode: 1, stderr: `${error.message}\n` })),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  const program = join(folder, 'shim');
  await writeFile(program, LAUNCHER);
  await chmod(program, 0o700);
  return {
    program,
    env: { WIREWRAP_BOGO: path, WIREWRAP_BOGO_NODE: process.execPath, WIREWRAP_BOGO_RELAY: relay },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The runner asks once whether handshakes can be split; no Node has to start for that. */
const LAUNCHER = `#!/bin/sh
case "$*" in *-is-handshaker-supported*) echo No; exit 0;; esac
exec "$WIREWRAP_BOGO_NODE" "$WIREWRAP_BOGO_RELAY" "$@"
`;
