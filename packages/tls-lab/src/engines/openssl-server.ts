import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { retry } from '@wirewrap/repl-driver/basics';
import type { TlsServerOptions } from '../behaviour/tls-peer.ts';
import { ignored, log } from '../log.ts';
import { waitFor } from '../time/wait.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { ServerEngine } from './engine.ts';
import { OpensslFolder, serverArguments } from './openssl-options.ts';
import { type OpensslProcess, startOpenssl } from './openssl-run.ts';
import { OpensslSession } from './openssl-session.ts';

/** How long openssl may take to listen, in milliseconds. */
const LISTEN_DEADLINE_MS = 5000;
const RETRY_MS = 5;

/** `openssl s_server`, one process for each connection, behind a socket in a folder of its own. */
export async function opensslServerEngine(options: TlsServerOptions): Promise<ServerEngine> {
  const folder = await OpensslFolder.create();
  const args = await serverArguments(options, folder);
  let count = 0;
  return {
    async open() {
      count += 1;
      // A relative path: s_server refuses to listen on one of 32 characters and more (getnameinfo, NI_MAXSERV).
      const [name, keyLog] = [`${count}.socket`, folder.file(`${count}.keys`)];
      // With -quiet the letters of the data are no commands; renegotiation is such a command.
      const quiet = options.renegotiate ? [] : ['-quiet'];
      const own = ['-unix', name, '-naccept', '1', '-keylogfile', keyLog];
      const process = startOpenssl(['s_server', ...own, ...quiet, ...args], folder.path);
      const socket = await reach(folder.file(name), process);
      return new OpensslSession(process, socket, keyLog, options.application, options.renegotiate ? 'r\n' : null);
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Connects as soon as openssl listens; its own words are the error when it does not. */
async function reach(path: string, process: OpensslProcess): Promise<Socket> {
  let words = '';
  const collect = (chunk: unknown): void => {
    words += String(chunk);
  };
  process.stderr.on('data', collect);
  const stopped = new AbortController();
  const gone = process.then(({ exitCode, code }): never => {
    const reason = code === 'ENOENT' ? 'openssl is not on PATH; install it' : `exit code ${exitCode}: ${words.trim()}`;
    throw new TlsLabError('OPENSSL', `openssl s_server did not start (${reason}).`);
  });
  try {
    const reached = Promise.race([retry(() => connectTo(path), { pauseMs: RETRY_MS, signal: stopped.signal }), gone]);
    return await waitFor('openssl s_server to listen', reached, { deadlineMs: LISTEN_DEADLINE_MS }, () => words);
  } catch (error) {
    process.kill('SIGKILL');
    throw error;
  } finally {
    stopped.abort();
    process.stderr.off('data', collect);
    gone.catch(ignored('the end of openssl'));
  }
}

async function connectTo(path: string): Promise<Socket> {
  const socket = connect({ path, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    log('openssl s_server does not listen yet: %s', error);
    socket.destroy();
    throw error;
  }
}
