import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** labgrid 26 in a virtual environment: `python3 -m venv FOLDER && FOLDER/bin/pip install labgrid==26.0.1`. */
export const labgridFolder = join(homedir(), '.cache', 'wirewrap', 'peers', 'labgrid', 'bin');
export const labgridMissing = !existsSync(join(labgridFolder, 'labgrid-coordinator'));
export const needsLabgrid =
  'labgrid 26 is not in ~/.cache/wirewrap/peers/labgrid; python3 -m venv and pip install labgrid';

/** What an exporter offers, as its configuration file says it: group, resource, settings. */
export type Exported = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** labgrid's real coordinator and exporter on a port of their own. */
export interface LabgridLab extends AsyncDisposable {
  /** What its clients need in their environment. */
  readonly env: { readonly LG_COORDINATOR: string; readonly PATH: string };
  /** Calls the real labgrid-client. */
  client(...args: string[]): Promise<string>;
  /** The places that are acquired. */
  locked(): Promise<string[]>;
  /** The reservations there are, expired ones apart. */
  reservations(): Promise<string[]>;
  /** Coordinator and exporter are gone until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Starts a lab whose places are the groups of its exporter, with the tags that are given for them. */
export async function startLabgrid(
  exported: Exported,
  tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<LabgridLab> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-labgrid-'));
  const address = `127.0.0.1:${await freePort()}`;
  const env = { LG_COORDINATOR: address, PATH: `${labgridFolder}:${process.env.PATH}` };
  const options = { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' } as const;
  let coordinator: ChildProcess | undefined;
  let exporter: ChildProcess | undefined;
  const client = async (...args: string[]): Promise<string> =>
    (await run(join(labgridFolder, 'labgrid-client'), args, { ...options, encoding: 'utf8' })).stdout;
  const until = async (what: string, isThere: () => Promise<boolean>): Promise<void> => {
    const end = performance.now() + 60_000;
    while (!(await isThere().catch(() => false))) {
      if (performance.now() > end) throw new Error(`labgrid: no ${what} within 60 s`);
      await sleep(200);
    }
  };
  const startCoordinator = async (): Promise<void> => {
    coordinator = spawn(join(labgridFolder, 'labgrid-coordinator'), ['-l', address], options);
    await until('coordinator', async () => (await client('places')) !== undefined);
  };
  const startExporter = async (): Promise<void> => {
    exporter = spawn(join(labgridFolder, 'labgrid-exporter'), ['-c', address, '-n', 'shelf', 'exporter.yaml'], options);
    await until('exporter', async () => (await client('resources')).includes('shelf'));
  };
  const stopAll = async (): Promise<void> => {
    await stop(exporter);
    await stop(coordinator);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await startCoordinator();
    await writeFile(join(folder, 'exporter.yaml'), JSON.stringify(exported));
    await startExporter();
    for (const place of Object.keys(exported)) {
      await client('-p', place, 'create');
      await client('-p', place, 'add-match', `shelf/${place}/*`);
      const pairs = Object.entries(tags[place] ?? {}).map(([name, value]) => `${name}=${value}`);
      if (pairs.length > 0) await client('-p', place, 'set-tags', ...pairs);
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    env,
    client,
    locked: async () => (await client('places', '--acquired')).split('\n').flatMap((line) => line.trim() || []),
    reservations: async () =>
      (await client('reservations'))
        .split(/^Reservation /m)
        .slice(1)
        .filter((text) => !/state: (expired|invalid)/.test(text)),
    stop: async () => {
      await stop(coordinator);
      // It ends with its coordinator; systemd starts both again.
      await stop(exporter);
    },
    async start() {
      await startCoordinator();
      await startExporter();
    },
    [Symbol.asyncDispose]: stopAll,
  };
}
