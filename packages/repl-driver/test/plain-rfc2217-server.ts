import { createServer, type Socket } from 'node:net';
import { DO, escapeIac, optionCommand, subnegotiation, TelnetDecoder, WILL } from '../src/rfc2217/telnet-codec.ts';

const COM_PORT = 44;
const SERVER_OFFSET = 100;
const SET_BAUD_RATE = 1;

export interface PlainServer extends AsyncDisposable {
  readonly url: string;
  /** A COM-PORT message of the server's own. */
  say(code: number, value: readonly number[]): void;
  /** Data of the device's. */
  send(data: string | Uint8Array): void;
  /** What the client has sent to the device. */
  data(): string;
  /** Resolves when the client has sent exactly this in all. */
  received(data: string): Promise<void>;
  /** Resolves when the client has sent a COM-PORT command with this code and text. */
  commanded(code: number, text: string): Promise<void>;
  /** Closes the connection without a word. */
  drop(): void;
}

/**
 * An RFC 2217 server with no device behind it, which does what a test asks for. It answers each command with its value;
 * `baudRate` is what it sets whatever is asked for. With `pieceBytes` each write goes out in pieces of so many bytes.
 */
export async function startPlainServer(
  options: { readonly baudRate?: number; readonly pieceBytes?: number } = {},
): Promise<PlainServer> {
  let socket: Socket | undefined;
  let data = '';
  const commands: string[] = [];
  let wire = Promise.resolve();
  const write = (bytes: Buffer) => {
    const size = options.pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      wire = wire.then(async () => {
        socket?.write(bytes.subarray(at, at + size));
        if (options.pieceBytes) await new Promise((resolve) => setImmediate(resolve));
      });
    }
  };
  const say = (code: number, value: readonly number[]) =>
    write(subnegotiation(COM_PORT, Uint8Array.from([code, ...value])));
  const command = ([code = 0, ...value]: Uint8Array) => {
    commands.push(`${code} ${Buffer.from(value)}`);
    if (code === 0) return;
    const speed = Buffer.alloc(4);
    speed.writeUInt32BE(options.baudRate ?? 0);
    const isSpeed = code === SET_BAUD_RATE && options.baudRate !== undefined;
    say(code + SERVER_OFFSET, isSpeed ? [...speed] : value);
  };
  const server = createServer((client) => {
    socket = client;
    client.setNoDelay(true);
    const decoder = new TelnetDecoder();
    client.on('error', () => {});
    client.on('data', (chunk) => {
      const decoded = decoder.push(chunk);
      data += decoded.data;
      for (const event of decoded.events) {
        if (event.kind === 'subnegotiation') command(event.payload);
        else if (event.verb === WILL || event.verb === DO)
          write(optionCommand(event.verb === WILL ? DO : WILL, event.option));
      }
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const until = async (what: () => boolean) => {
    while (!what()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return {
    url: `rfc2217://127.0.0.1:${(server.address() as { port: number }).port}`,
    say,
    send: (text) => write(escapeIac(Buffer.from(text as string))),
    data: () => data,
    received: (text) => until(() => data === text),
    commanded: (code, text) => until(() => commands.includes(`${code} ${text}`)),
    drop: () => socket?.destroy(),
    async [Symbol.asyncDispose]() {
      socket?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
