import { Concealer } from '../session/concealer.ts';
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
  const entries: Passed[] = [];
  const note = (dir: 'host' | 'board', bytes: Uint8Array) => {
    const ms = Math.round((clock.now() - startMs) * 10) / 10;
    entries.push({ ms, dir, bytes: Buffer.from(bytes) });
  };
  inner.onData((chunk) => note('board', chunk));
  void inner.closed.then(() => writeSession(path, withoutSecrets(entries, new Concealer(options.hide ?? []))));
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

interface Passed {
  readonly ms: number;
  readonly dir: 'host' | 'board';
  readonly bytes: Buffer;
}

/** A secret may have come in two pieces: it is looked for in all that went one way. */
function withoutSecrets(entries: readonly Passed[], concealer: Concealer): SessionEntry[] {
  for (const dir of ['host', 'board'] as const) {
    const pieces = entries.filter((entry) => entry.dir === dir);
    const whole = Buffer.concat(pieces.map((piece) => piece.bytes));
    for (const { start, end } of concealer.secrets(whole.toString('latin1'))) whole.fill('*', start, end);
    let at = 0;
    for (const { bytes } of pieces) at += whole.copy(bytes, 0, at, at + bytes.length);
  }
  return entries.map(({ ms, dir, bytes }) => ({ ms, dir, hex: bytes.toString('hex') }));
}
