import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** True when ser2net is not installed. */
export const serverMissing = spawnSync('ser2net', ['-v']).error !== undefined;

export interface PortServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** What ser2net said on its standard error. */
  readonly log: () => string;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** By the kernel's table: a connection to see would take the place of the test's own. */
function listens(port: number): boolean {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return sockets.some((line) => line.includes(` ${address} 00000000:0000 0A `));
}

/** A real ser2net with RFC 2217 in front of a connector (`serialdev,...`), on a free port unless one is given. */
export async function startSer2net(connector: string, wanted?: number): Promise<PortServer> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-ser2net-'));
  const port = wanted ?? (await freePort());
  const config = join(folder, 'ser2net.yaml');
  const connection = `connection: &board\n  accepter: telnet(rfc2217),tcp,127.0.0.1,${port}\n  connector: ${connector}\n`;
  await writeFile(config, connection);
  const child = spawn('ser2net', ['-n', '-d', '-u', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const untilMs = performance.now() + 10_000;
  while (!listens(port)) {
    if (child.exitCode !== null || performance.now() > untilMs) throw new Error(`ser2net does not listen: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `rfc2217://127.0.0.1:${port}`,
    port,
    log: () => log,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
