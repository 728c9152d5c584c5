import { createServer, type Socket } from 'node:net';
import type { Transport } from '../src/index.ts';
import { EIGHT_BITS } from '../src/rfc2217/com-port.ts';
import { DO, escapeIac, optionCommand, subnegotiation, TelnetDecoder, WILL } from '../src/rfc2217/telnet-codec.ts';

const COM_PORT = 44;
const SET_CONTROL = EIGHT_BITS.code + 3;

export interface Rfc2217Device extends AsyncDisposable {
  readonly port: number;
  /** The control values (RFC 2217: 8 and 9 DTR on and off, 11 and 12 RTS on and off) in order. */
  readonly controls: number[];
}

/**
 * A serial device with modem lines behind RFC 2217: what a pseudo-terminal cannot be. RTS on with DTR off resets. For
 * `deafMs` after a connection it drops commands, as ser2net does while it still opens its device.
 */
export async function startDevice(
  line: Transport,
  reset: () => Promise<void>,
  { deafMs = 0 }: { readonly deafMs?: number } = {},
): Promise<Rfc2217Device> {
  const controls: number[] = [];
  // ser2net's own RFC 2217 client stalls when data comes before it has negotiated: what the board said before is not kept.
  line.onData(() => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const decoder = new TelnetDecoder();
    const connectedMs = performance.now();
    let dtr = true;
    const stop = line.onData((chunk) => socket.write(escapeIac(chunk)));
    socket.on('close', stop);
    socket.on('data', (chunk) => {
      const { data, events } = decoder.push(chunk);
      if (data.length > 0) void line.write(data);
      for (const event of events) {
        if (event.kind === 'option') {
          const answer = event.verb === WILL ? DO : event.verb === DO ? WILL : null;
          if (answer) socket.write(optionCommand(answer, event.option));
        }
        if (event.kind !== 'subnegotiation' || event.option !== COM_PORT) continue;
        if (performance.now() - connectedMs < deafMs) continue;
        const [code = 0, value = 0] = event.payload;
        if (code === SET_CONTROL) {
          controls.push(value);
          if (value === 8 || value === 9) dtr = value === 8;
          if (value === 11 && !dtr) void reset();
        }
        socket.write(subnegotiation(COM_PORT, Uint8Array.of(code + 100, ...event.payload.subarray(1))));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as { port: number }).port,
    controls,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
