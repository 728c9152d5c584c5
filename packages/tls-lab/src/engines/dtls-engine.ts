import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TlsClientOptions, TlsServerOptions } from '../behaviour/tls-peer.ts';
import { ignored, log } from '../log.ts';
import { waitFor } from '../time/wait.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import { clientArguments, OpensslFolder, serverArguments } from './openssl-options.ts';
import { type OpensslProcess, OpensslRun, startOpenssl } from './openssl-run.ts';

/** How long openssl may take to listen or to send its first datagram, in milliseconds. */
const START_DEADLINE_MS = 5000;
/** Bytes of a datagram: what every path carries. On loopback openssl would send a whole flight at once. */
const MTU = '1400';
/** Output that is searched for the port. */
const KEPT_OUTPUT = 4096;

/** One DTLS session of the host's own end: a run of openssl and the local socket through which it is reached. */
export interface DtlsSession extends AsyncDisposable {
  readonly run: OpensslRun;
  /** Connected to openssl on 127.0.0.1. */
  readonly socket: Socket;
}

/** Makes sessions that answer a board's ClientHello. */
export interface DtlsServerEngine extends AsyncDisposable {
  open(): Promise<DtlsSession>;
}

/** `openssl s_server`, one process for each board address. It verifies that address by a cookie (HelloVerifyRequest). */
export async function dtlsServerEngine(options: TlsServerOptions): Promise<DtlsServerEngine> {
  const folder = await OpensslFolder.create();
  const args = await serverArguments(options, folder);
  let count = 0;
  return {
    async open() {
      count += 1;
      const keyLog = folder.file(`${count}.keys`);
      // -debug: s_server names the port that it got only in its output, which -quiet would leave out.
      const own = ['-dtls', '-mtu', MTU, '-accept', '127.0.0.1:0', '-naccept', '1', '-quiet', '-debug'];
      const process = startOpenssl(['s_server', ...own, '-keylogfile', keyLog, ...args], folder.path);
      const port = await started('s_server', process, listeningPort(process));
      const socket = createSocket('udp4');
      socket.connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return session(process, socket, keyLog, options);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** `openssl s_client`, which sends to a socket of ours. `first` is told of the datagram with which it began. */
export async function dtlsClientSession(
  options: TlsClientOptions,
  first: (datagram: Buffer) => void,
): Promise<DtlsSession> {
  const folder = await OpensslFolder.create();
  const socket = createSocket('udp4');
  try {
    const args = await clientArguments(options, folder);
    const keyLog = folder.file('client.keys');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const own = ['-dtls', '-mtu', MTU, '-connect', `127.0.0.1:${socket.address().port}`];
    const quiet = ['-quiet', '-no_ign_eof', '-nocommands'];
    const process = startOpenssl(['s_client', ...own, ...quiet, '-keylogfile', keyLog, ...args], folder.path);
    const message = once(socket, 'message') as Promise<[Buffer, { readonly port: number }]>;
    const [datagram, { port }] = await started('s_client', process, message);
    socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const opened = session(process, socket, keyLog, options);
    opened.run.over.then(() => folder[Symbol.asyncDispose]());
    first(datagram);
    return opened;
  } catch (error) {
    socket.close();
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

function session(
  process: OpensslProcess,
  socket: Socket,
  keyLog: string,
  { application }: TlsServerOptions | TlsClientOptions,
): DtlsSession {
  // A datagram that comes after openssl has ended is refused; its end is seen by itself.
  socket.on('error', (error) => log('the socket to openssl: %s', error));
  const run = new OpensslRun(process, keyLog, application, null);
  let closed = false;
  return {
    run,
    socket,
    async [Symbol.asyncDispose]() {
      if (!closed) socket.close();
      closed = true;
      await run[Symbol.asyncDispose]();
    },
  };
}

async function listeningPort({ stdout }: OpensslProcess): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  let output = '';
  const look = (chunk: unknown): void => {
    output = (output + String(chunk)).slice(-KEPT_OUTPUT);
    const port = /ACCEPT \S+:(\d+)/.exec(output)?.[1];
    if (port === undefined) return;
    stdout.off('data', look);
    resolve(Number(port));
  };
  stdout.on('data', look);
  return promise;
}

/** Waits for what shows that openssl works; its own words are the error when it ends instead. */
async function started<Value>(name: string, process: OpensslProcess, sign: Promise<Value>): Promise<Value> {
  let words = '';
  const collect = (chunk: unknown): void => {
    words = (words + String(chunk)).slice(0, KEPT_OUTPUT);
  };
  process.stderr.on('data', collect);
  const gone = process.then(({ exitCode, code }): never => {
    const reason = code === 'ENOENT' ? 'openssl is not on PATH; install it' : `exit code ${exitCode}: ${words.trim()}`;
    throw new TlsLabError('OPENSSL', `openssl ${name} did not start (${reason}).`);
  });
  gone.catch(ignored('the end of openssl'));
  try {
    const first = Promise.race([sign, gone]);
    return await waitFor(`openssl ${name} to start`, first, { deadlineMs: START_DEADLINE_MS }, () => words);
  } catch (error) {
    process.kill('SIGKILL');
    throw error;
  } finally {
    process.stderr.off('data', collect);
  }
}
