import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TlsClientOptions } from '../behaviour/tls-peer.ts';
import { ignored } from '../log.ts';
import { waitFor } from '../time/wait.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { EngineSession } from './engine.ts';
import { clientArguments, OpensslFolder } from './openssl-options.ts';
import { startOpenssl } from './openssl-run.ts';
import { OpensslSession } from './openssl-session.ts';

/** How long openssl may take to connect, in milliseconds. */
const CONNECT_DEADLINE_MS = 5000;

/** `openssl s_client`, which connects to a socket in a folder of its own. */
export async function opensslClientSession(options: TlsClientOptions): Promise<EngineSession> {
  const folder = await OpensslFolder.create();
  const [path, keyLog] = [folder.file('client.socket'), folder.file('client.keys')];
  const args = await clientArguments(options, folder);
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(path);
  await once(listener, 'listening');
  // Command letters are needed to start a renegotiation and would otherwise be taken out of the data.
  const commands = options.renegotiate ? [] : ['-quiet', '-no_ign_eof', '-nocommands'];
  const process = startOpenssl(
    ['s_client', '-unix', path, '-nbio', '-keylogfile', keyLog, ...commands, ...args],
    folder.path,
  );
  let words = '';
  process.stderr.on('data', (chunk) => {
    if (words.length < 4096) words += String(chunk);
  });
  const gone = process.then(({ exitCode, code }): never => {
    const reason = code === 'ENOENT' ? 'openssl is not on PATH; install it' : `exit code ${exitCode}: ${words.trim()}`;
    throw new TlsLabError('OPENSSL', `openssl s_client did not start (${reason}).`);
  });
  gone.catch(ignored('the end of openssl'));
  try {
    const accepted = once(listener, 'connection').then(([socket]) => socket as Socket);
    const reached = Promise.race([accepted, gone]);
    const socket = await waitFor('openssl s_client to connect', reached, { deadlineMs: CONNECT_DEADLINE_MS });
    const session = new OpensslSession(
      process,
      socket,
      keyLog,
      options.application,
      options.renegotiate ? 'R\n' : null,
    );
    session.over.then(() => folder[Symbol.asyncDispose]());
    return session;
  } catch (error) {
    process.kill('SIGKILL');
    await folder[Symbol.asyncDispose]();
    throw error;
  } finally {
    listener.close();
  }
}
