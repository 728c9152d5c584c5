import { type Clock, systemClock } from '../time/clock.ts';
import type { Transport } from '../transport/transport.ts';
import { type SessionEntry, writeSession } from './session-file.ts';

/**
 * The transport, with everything that passes kept and written to `path` when it closes. `hide` are texts (passwords) that
 * are written as asterisks.
 */
export function recordTransport(
  inner: Transport,
  path: string,
  options: { clock?: Clock; hide?: readonly string[] } = {},
): Transport {
  const clock = options.clock ?? systemClock;
  const startMs = clock.now();
  const entries: SessionEntry[] = [];
  const note = (dir: 'host' | 'board', bytes: Uint8Array) => {
    const ms = Math.round((clock.now() - startMs) * 10) / 10;
    entries.push({ ms, dir, hex: hidden(Buffer.from(bytes), options.hide ?? []).toString('hex') });
  };
  inner.onData((chunk) => note('board', chunk));
  void inner.closed.then(() => writeSession(path, entries));
  return new Proxy(inner, {
    get(target, name) {
      if (name === 'write') {
        return (bytes: Uint8Array) => {
          note('host', bytes);
          return target.write(bytes);
        };
      }
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function hidden(bytes: Buffer, texts: readonly string[]): Buffer {
  for (const text of texts.filter((each) => each !== '')) {
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at))
      bytes.fill('*', at, at + Buffer.byteLength(text));
  }
  return bytes;
}
