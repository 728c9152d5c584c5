import { execa, type ResultPromise } from 'execa';
import { Application } from '../application/application.ts';
import type { PeerApplication } from '../application/peer-application.ts';
import { log } from '../log.ts';
import { ContentType } from '../tls/content-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { TlsLabError } from '../tls-lab-error.ts';
import type { DecodedRecord } from '../transcript/session-decoder.ts';
import type { Transcript } from '../transcript/transcript.ts';
import { KeyLogFile } from './key-log-file.ts';
import { peerError } from './peer-error.ts';

/** Standard error that is kept: enough for OpenSSL's error stack. */
const KEPT_ERRORS = 16_384;

export type OpensslProcess = ResultPromise<{ readonly reject: false; readonly buffer: false; readonly stdin: 'pipe' }>;

/** Starts openssl in a folder, so that it ends with this process at the latest. */
export function startOpenssl(args: readonly string[], cwd: string): OpensslProcess {
  return execa('openssl', args, {
    cwd,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    cleanup: true,
    killSignal: 'SIGKILL',
  });
}

/**
 * One run of `openssl s_server` or `s_client`. Its standard output is not used: the tap decrypts what the board sends,
 * so the commands and messages of openssl do not mix with data.
 */
export class OpensslRun implements AsyncDisposable {
  readonly keyLog: KeyLogFile;
  readonly over: Promise<void>;
  readonly #process: OpensslProcess;
  readonly #application: Application;
  readonly #renegotiate: string | null;
  #errors = '';
  #begun = false;

  /** `renegotiate` is the command that starts a second handshake, null when none is wanted. */
  constructor(process: OpensslProcess, keyLog: string, does: PeerApplication | undefined, renegotiate: string | null) {
    this.#process = process;
    this.keyLog = new KeyLogFile(keyLog);
    this.#renegotiate = renegotiate;
    const { stdin, stdout, stderr } = process;
    stdin.on('error', (error) => log('openssl took no more data: %s', error));
    // openssl takes no more from the board once nobody takes what it prints.
    if (does === 'deaf') stdout.pause();
    else stdout.resume();
    stderr.on('data', (chunk) => {
      this.#errors = (this.#errors + String(chunk)).slice(0, KEPT_ERRORS);
    });
    this.#application = new Application(does, {
      write: (bytes) => !stdin.writable || stdin.write(bytes),
      drained: (then) => void stdin.once('drain', then),
      end: (bytes) => void (bytes === undefined ? stdin.end() : stdin.end(bytes)),
    });
    const read = (): void => this.keyLog.read();
    this.over = process.then(read, read);
  }

  get received(): Uint8Array {
    return this.#application.received;
  }

  get error(): Transcript['peerError'] {
    const line = this.#errors.split('\n').find((text) => /:error:[0-9A-F]{8}:/i.test(text));
    return line === undefined ? null : peerError(new TlsLabError('OPENSSL', line));
  }

  /** The board's first Finished lets the application begin; its data goes to the application. */
  decoded({ content, messages }: DecodedRecord): void {
    if (!this.#begun && messages.some(({ type }) => type === HandshakeType.finished)) {
      this.#begun = true;
      this.#application.begin();
    }
    if (content?.type !== ContentType.application_data) return;
    if (this.#renegotiate !== null && this.received.length === 0) this.#process.stdin.write(this.#renegotiate);
    this.#application.data(content.bytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.over;
  }
}
