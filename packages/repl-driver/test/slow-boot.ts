import { type OpenLine, openTransport } from '../src/index.ts';

/**
 * Opens a line without modem lines to a board that takes `bootMs` from its ROM's messages to the next byte, as an emulator's
 * does: what it is sent meanwhile is lost. `booting`: it begins with that.
 */
export function slowBoot(bootMs: number, { booting = false } = {}): OpenLine {
  let upAtMs = booting ? performance.now() + bootMs : 0;
  const held: Uint8Array[] = [];
  return async (url, options) => {
    const inner = await openTransport(url, options);
    const isUp = () => performance.now() >= upAtMs;
    return {
      url: inner.url,
      closed: inner.closed,
      onData: (listener) =>
        inner.onData((chunk) => {
          if (!isUp()) {
            if (held.push(chunk) > 1) return;
            setTimeout(() => listener(Buffer.concat(held.splice(0))), upAtMs - performance.now() + 1);
            return;
          }
          listener(chunk);
          if (Buffer.from(chunk).includes('rst:0x')) upAtMs = performance.now() + bootMs;
        }),
      write: (bytes) => (isUp() ? inner.write(bytes) : Promise.resolve()),
      close: () => inner.close(),
      [Symbol.asyncDispose]: () => inner.close(),
    };
  };
}
